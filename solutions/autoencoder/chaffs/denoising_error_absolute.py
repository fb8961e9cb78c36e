# caught by: deep/clean-target
# Absolute errors.

# %% solution="denoising_loss"
def denoising_loss(reconstruct, x, noise):
    return ops.mean(ops.sum(ops.abs(reconstruct(x + noise) - x), axis=-1))
