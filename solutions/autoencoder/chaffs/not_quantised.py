# caught by: vq/quantised-values
# Returns z itself.

# %% solution="quantise"
def quantise(z, codebook, numbers):
    chosen = ops.take(codebook, numbers, axis=0)
    return z + ops.stop_gradient(0.0 * chosen)
