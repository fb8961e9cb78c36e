# caught by: loss/error-of-the-noise
# Takes absolute errors.

# %% solution="loss"
def diffusion_loss(denoiser, add_noise, x_0, t, noise):
    errors = noise - denoiser(add_noise(x_0, t, noise), t)
    return ops.mean(ops.abs(errors))
