# caught by: latent/mean, latent/gradients-of-the-sample
# Only the noise, scaled.

# %% solution="sample_latent"
def sample_latent(mean, log_variance, noise):
    return ops.exp(0.5 * log_variance) * noise
