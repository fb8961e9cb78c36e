# caught by: latent/kl-factor
# The sign, as it stands in a formula of the bound.

# %% solution="kl_divergence"
def kl_divergence(mean, log_variance):
    return 0.5 * ops.sum(1.0 + log_variance - mean**2 - ops.exp(log_variance), axis=-1)
