# caught by: generation/ends-of-the-path
# Stops one step before the second image.

# %% solution="interpolate"
def interpolate(encode, decode, first, second, steps):
    mean, log_variance = encode(ops.stack([first, second]))
    share = ops.linspace(0.0, 1.0, steps)[:, None]
    share = (ops.arange(steps, dtype="float32") / steps)[:, None]
    return ops.sigmoid(decode((1.0 - share) * mean[:1] + share * mean[1:]))
