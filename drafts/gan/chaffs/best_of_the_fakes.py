# caught by: gradients/best-discriminator
# The probability of a fake.

# %% solution="best_discriminator"
def best_discriminator(p, q):
    return q / (p + q)
