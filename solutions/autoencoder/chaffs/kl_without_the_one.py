# caught by: latent/kl-zero
# The -1 is missing.

# %% solution="kl_divergence"
def kl_divergence(mean, log_variance):
    return 0.5 * ops.sum(mean**2 + ops.exp(log_variance) - log_variance, axis=-1)
