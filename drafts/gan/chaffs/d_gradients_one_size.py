# caught by: gradients/mean-in-the-loss
# Divides both by the number of real ones.

# %% solution="discriminator_gradients"
def discriminator_gradients(real_logits, fake_logits):
    by_real = (ops.sigmoid(real_logits) - 1.0) / len(real_logits)
    return by_real, ops.sigmoid(fake_logits) / len(real_logits)
