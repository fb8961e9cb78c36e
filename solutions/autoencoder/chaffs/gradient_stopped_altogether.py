# caught by: vq/straight-through
# No gradient at all.

# %% solution="quantise"
def quantise(z, codebook, numbers):
    chosen = ops.take(codebook, numbers, axis=0)
    return ops.stop_gradient(chosen)
