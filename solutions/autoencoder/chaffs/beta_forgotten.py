# caught by: elbo/beta
# Beta is not used.

# %% solution="vae_loss"
def vae_loss(likelihood, kl, beta):
    return ops.mean(kl - likelihood)
