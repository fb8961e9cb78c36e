# caught by: deep/sum-and-mean
# The mean over everything.

# %% solution="denoising_loss"
def denoising_loss(reconstruct, x, noise):
    return ops.mean((reconstruct(x + noise) - x) ** 2)
