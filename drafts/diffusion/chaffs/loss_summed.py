# caught by: loss/mean-over-all-numbers
# Adds up all numbers.

# %% solution="loss"
def diffusion_loss(denoiser, add_noise, x_0, t, noise):
    errors = noise - denoiser(add_noise(x_0, t, noise), t)
    return ops.sum(errors**2)
