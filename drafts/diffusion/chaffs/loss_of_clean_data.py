# caught by: loss/error-of-the-noise
# Shows the denoiser the clean data.

# %% solution="loss"
def diffusion_loss(denoiser, add_noise, x_0, t, noise):
    errors = noise - denoiser(x_0, t)
    return ops.mean(errors**2)
