# caught by: latent/gradients-of-the-sample
# Stops the gradient by the log variance.

# %% solution="sample_latent"
def sample_latent(mean, log_variance, noise):
    return mean + ops.stop_gradient(ops.exp(0.5 * log_variance)) * noise
