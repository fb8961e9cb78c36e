# caught by: generation/ends-of-the-path
# From the second image to the first.

# %% solution="interpolate"
def interpolate(encode, decode, first, second, steps):
    mean, log_variance = encode(ops.stack([first, second]))
    share = ops.linspace(0.0, 1.0, steps)[:, None]
    return ops.sigmoid(decode(share * mean[:1] + (1.0 - share) * mean[1:]))
