# caught by: elbo/likelihood
# Image and logits in the other order.

# %% solution="elbo_terms"
def elbo_terms(x, noise, vae):
    mean, log_variance = vae.encode(x)
    zs = [vae.sample(mean, log_variance, noise[s]) for s in range(noise.shape[0])]

    scores = [vae.log_likelihood(vae.decode(z), x) for z in zs]
    return sum(scores) / len(scores), vae.kl(mean, log_variance)
