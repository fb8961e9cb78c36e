# caught by: generation/images-of-the-path
# Returns the logits in place of probabilities.

# %% solution="interpolate"
def interpolate(encode, decode, first, second, steps):
    mean, log_variance = encode(ops.stack([first, second]))
    share = ops.linspace(0.0, 1.0, steps)[:, None]
    return decode((1.0 - share) * mean[:1] + share * mean[1:])
