# caught by: losses/discriminator
# Forgets the real examples.

# %% solution="discriminator_loss"
def discriminator_loss(real_logits, fake_logits):
    on_real = ops.mean(ops.softplus(-real_logits))
    return 0.0 * on_real + ops.mean(ops.softplus(fake_logits))
