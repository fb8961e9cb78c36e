# caught by: vq/nearest-code
# The largest inner product, which long codes win.

# %% solution="nearest_codes"
def nearest_codes(z, codebook):
    return ops.argmax(ops.matmul(z, ops.transpose(codebook)), axis=-1)
