# caught by: loss/gradient
# Stops the gradient of what the denoiser says.

# %% solution="loss"
def diffusion_loss(denoiser, add_noise, x_0, t, noise):
    predicted = denoiser(add_noise(x_0, t, noise), t)
    errors = noise - ops.stop_gradient(predicted)
    return ops.mean(errors**2)
