# caught by: deep/clean-target
# The noisy input is the target.

# %% solution="denoising_loss"
def denoising_loss(reconstruct, x, noise):
    return ops.mean(ops.sum((reconstruct(x + noise) - x - noise) ** 2, axis=-1))
