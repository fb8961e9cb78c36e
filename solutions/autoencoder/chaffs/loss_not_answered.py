# caught by: elbo/loss, elbo/beta
# The hole is still empty.

# %% solution="vae_loss"
def vae_loss(likelihood, kl, beta):
    raise NotImplementedError()
