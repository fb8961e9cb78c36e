# caught by: latent/kl-factor
# The half is missing.

# %% solution="kl_divergence"
def kl_divergence(mean, log_variance):
    return ops.sum(mean**2 + ops.exp(log_variance) - 1.0 - log_variance, axis=-1)
