# caught by: elbo/loss
# The KL with the wrong sign.

# %% solution="vae_loss"
def vae_loss(likelihood, kl, beta):
    return -ops.mean(likelihood) - beta * ops.mean(kl)
