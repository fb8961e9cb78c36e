# caught by: latent/kl-of-the-mean
# The mean is not squared.

# %% solution="kl_divergence"
def kl_divergence(mean, log_variance):
    return 0.5 * ops.sum(mean + ops.exp(log_variance) - 1.0 - log_variance, axis=-1)
