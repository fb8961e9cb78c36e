# caught by: gradients/discriminator, gradients/mean-in-the-loss
# The fake ones first.

# %% solution="discriminator_gradients"
def discriminator_gradients(real_logits, fake_logits):
    by_real = (ops.sigmoid(real_logits) - 1.0) / len(real_logits)
    return ops.sigmoid(fake_logits) / len(fake_logits), by_real
