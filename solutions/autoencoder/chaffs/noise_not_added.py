# caught by: deep/noisy-input
# Reconstructs the clean input.

# %% solution="denoising_loss"
def denoising_loss(reconstruct, x, noise):
    return ops.mean(ops.sum((reconstruct(x) - x) ** 2, axis=-1))
