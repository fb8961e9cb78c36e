# caught by: gradients/best-discriminator
# The odds, p / q.

# %% solution="best_discriminator"
def best_discriminator(p, q):
    return p / (q + 1e-9)
