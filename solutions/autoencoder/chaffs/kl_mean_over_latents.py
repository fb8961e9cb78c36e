# caught by: latent/kl-factor
# The mean over the latent numbers.

# %% solution="kl_divergence"
def kl_divergence(mean, log_variance):
    return 0.5 * ops.mean(mean**2 + ops.exp(log_variance) - 1.0 - log_variance, axis=-1)
