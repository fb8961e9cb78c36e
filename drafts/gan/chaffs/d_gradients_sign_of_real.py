# caught by: gradients/discriminator
# 1 - s in place of s - 1.

# %% solution="discriminator_gradients"
def discriminator_gradients(real_logits, fake_logits):
    by_real = (1.0 - ops.sigmoid(real_logits)) / len(real_logits)
    return by_real, ops.sigmoid(fake_logits) / len(fake_logits)
