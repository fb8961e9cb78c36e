# caught by: elbo/likelihood
# Mean and log variance in the other order.

# %% solution="elbo_terms"
def elbo_terms(x, noise, vae):
    mean, log_variance = vae.encode(x)
    zs = [vae.sample(log_variance, mean, noise[s]) for s in range(noise.shape[0])]
    scores = [vae.log_likelihood(x, vae.decode(z)) for z in zs]
    return sum(scores) / len(scores), vae.kl(mean, log_variance)
