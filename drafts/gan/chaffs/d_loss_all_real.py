# caught by: losses/discriminator
# Fakes count as real, too.

# %% solution="discriminator_loss"
def discriminator_loss(real_logits, fake_logits):
    on_real = ops.mean(ops.softplus(-real_logits))
    return on_real + ops.mean(ops.softplus(-fake_logits))
