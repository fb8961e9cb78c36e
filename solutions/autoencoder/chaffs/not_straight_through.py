# caught by: vq/straight-through, vq/none-to-the-codebook
# The codes as they are: their gradient goes to the codebook.

# %% solution="quantise"
def quantise(z, codebook, numbers):
    chosen = ops.take(codebook, numbers, axis=0)
    return chosen
