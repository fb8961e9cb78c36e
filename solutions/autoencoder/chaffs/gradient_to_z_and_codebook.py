# caught by: vq/none-to-the-codebook
# Stops the wrong part: the codebook gets the gradient, too.

# %% solution="quantise"
def quantise(z, codebook, numbers):
    chosen = ops.take(codebook, numbers, axis=0)
    return chosen + z - ops.stop_gradient(z)
