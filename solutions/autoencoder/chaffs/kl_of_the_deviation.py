# caught by: latent/kl-of-the-variance
# The standard deviation in place of the variance.

# %% solution="kl_divergence"
def kl_divergence(mean, log_variance):
    return 0.5 * ops.sum(
        mean**2 + ops.exp(0.5 * log_variance) - 1.0 - log_variance, axis=-1
    )
