# caught by: gradients/mean-in-the-loss
# Forgets 1 / N and 1 / M.

# %% solution="discriminator_gradients"
def discriminator_gradients(real_logits, fake_logits):
    by_real = ops.sigmoid(real_logits) - 1.0
    return by_real, ops.sigmoid(fake_logits)
