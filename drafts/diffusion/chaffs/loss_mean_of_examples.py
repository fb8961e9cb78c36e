# caught by: loss/mean-over-all-numbers
# Adds up the numbers of each example.

# %% solution="loss"
def diffusion_loss(denoiser, add_noise, x_0, t, noise):
    errors = noise - denoiser(add_noise(x_0, t, noise), t)
    return ops.mean(ops.sum(errors**2, axis=-1))
