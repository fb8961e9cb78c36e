# caught by: losses/discriminator
# Subtracts the second term.

# %% solution="discriminator_loss"
def discriminator_loss(real_logits, fake_logits):
    on_real = ops.mean(ops.softplus(-real_logits))
    return on_real - ops.mean(ops.softplus(fake_logits))
