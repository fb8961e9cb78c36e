# caught by: loss/error-of-the-noise
# Compares the predicted noise with the data.

# %% solution="loss"
def diffusion_loss(denoiser, add_noise, x_0, t, noise):
    errors = x_0 - denoiser(add_noise(x_0, t, noise), t)
    return ops.mean(errors**2)
