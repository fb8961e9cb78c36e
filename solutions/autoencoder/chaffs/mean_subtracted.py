# caught by: latent/mean
# Subtracts the mean, as for standardising.

# %% solution="sample_latent"
def sample_latent(mean, log_variance, noise):
    return ops.exp(0.5 * log_variance) * noise - mean
