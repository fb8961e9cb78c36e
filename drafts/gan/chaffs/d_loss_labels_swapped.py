# caught by: losses/discriminator
# 0 for real and 1 for fake.

# %% solution="discriminator_loss"
def discriminator_loss(real_logits, fake_logits):
    on_real = ops.mean(ops.softplus(real_logits))
    return on_real + ops.mean(ops.softplus(-fake_logits))
