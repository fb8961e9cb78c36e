# caught by: elbo/mean-over-samples
# Only the first sample counts.

# %% solution="elbo_terms"
def elbo_terms(x, noise, vae):
    mean, log_variance = vae.encode(x)
    z = vae.sample(mean, log_variance, noise[0])
    return vae.log_likelihood(x, vae.decode(z)), vae.kl(mean, log_variance)
