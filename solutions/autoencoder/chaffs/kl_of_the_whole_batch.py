# caught by: latent/kl-per-example
# One sum for the whole batch.

# %% solution="kl_divergence"
def kl_divergence(mean, log_variance):
    return 0.5 * ops.sum(mean**2 + ops.exp(log_variance) - 1.0 - log_variance)
