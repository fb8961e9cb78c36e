# caught by: gradients/discriminator
# The derivative of the sigmoid, not of the loss.

# %% solution="discriminator_gradients"
def discriminator_gradients(real_logits, fake_logits):
    by_real = (ops.sigmoid(real_logits) - 1.0) / len(real_logits)
    return by_real, ops.sigmoid(fake_logits) * (1.0 - ops.sigmoid(fake_logits)) / len(
        fake_logits
    )
