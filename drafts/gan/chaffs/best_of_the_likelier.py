# caught by: gradients/best-discriminator
# Decides for the likelier one: 0 or 1.

# %% solution="best_discriminator"
def best_discriminator(p, q):
    return ops.cast(p > q, "float32")
