# caught by: generation/batches-not-single-images
# Encodes each image without a first axis.

# %% solution="interpolate"
def interpolate(encode, decode, first, second, steps):
    start, end = encode(first)[0], encode(second)[0]
    share = ops.linspace(0.0, 1.0, steps)[:, None]
    return ops.sigmoid(decode((1.0 - share) * start + share * end))
