# caught by: latent/standard-deviation
# Multiplies the noise by the variance.

# %% solution="sample_latent"
def sample_latent(mean, log_variance, noise):
    return mean + ops.exp(log_variance) * noise
