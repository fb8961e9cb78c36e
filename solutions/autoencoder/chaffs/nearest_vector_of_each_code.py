# caught by: vq/nearest-code, vq/vectors-on-a-grid
# The minimum over the vectors, not over the codes.

# %% solution="nearest_codes"
def nearest_codes(z, codebook):
    gaps = ops.expand_dims(z, -2) - codebook
    return ops.argmin(ops.sum(gaps * gaps, axis=-1), axis=0)
