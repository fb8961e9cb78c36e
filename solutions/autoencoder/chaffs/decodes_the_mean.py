# caught by: elbo/likelihood
# Decodes the mean: the noise is not used.

# %% solution="elbo_terms"
def elbo_terms(x, noise, vae):
    mean, log_variance = vae.encode(x)
    likelihood = vae.log_likelihood(x, vae.decode(mean))
    return likelihood, vae.kl(mean, log_variance)
