# caught by: gradients/discriminator
# Real logits get what fake ones get.

# %% solution="discriminator_gradients"
def discriminator_gradients(real_logits, fake_logits):
    by_real = ops.sigmoid(real_logits) / len(real_logits)
    return by_real, ops.sigmoid(fake_logits) / len(fake_logits)
