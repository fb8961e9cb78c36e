# caught by: elbo/loss
# The bound itself, not its negative.

# %% solution="vae_loss"
def vae_loss(likelihood, kl, beta):
    return ops.mean(likelihood - beta * kl)
