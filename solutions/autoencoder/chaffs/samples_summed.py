# caught by: elbo/mean-over-samples
# The sum over the samples.

# %% solution="elbo_terms"
def elbo_terms(x, noise, vae):
    mean, log_variance = vae.encode(x)
    zs = [vae.sample(mean, log_variance, noise[s]) for s in range(noise.shape[0])]

    scores = [vae.log_likelihood(x, vae.decode(z)) for z in zs]
    return sum(scores), vae.kl(mean, log_variance)
