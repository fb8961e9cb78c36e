# caught by: latent/kl-of-the-variance
# From the standard normal to the Gaussian, not the other way.

# %% solution="kl_divergence"
def kl_divergence(mean, log_variance):
    return 0.5 * ops.sum(
        (mean**2 + 1.0) / ops.exp(log_variance) - 1.0 + log_variance, axis=-1
    )
