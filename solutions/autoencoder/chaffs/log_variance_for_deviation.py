# caught by: latent/standard-deviation
# Multiplies the noise by the log variance.

# %% solution="sample_latent"
def sample_latent(mean, log_variance, noise):
    return mean + log_variance * noise
