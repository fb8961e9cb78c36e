# caught by: elbo/loss
# The sum over the batch.

# %% solution="vae_loss"
def vae_loss(likelihood, kl, beta):
    return ops.sum(beta * kl - likelihood)
