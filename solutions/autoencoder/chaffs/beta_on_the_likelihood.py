# caught by: elbo/beta
# Weighs the other term.

# %% solution="vae_loss"
def vae_loss(likelihood, kl, beta):
    return ops.mean(kl) - beta * ops.mean(likelihood)
