# caught by: losses/discriminator
# Half the sum of both terms.

# %% solution="discriminator_loss"
def discriminator_loss(real_logits, fake_logits):
    on_real = ops.mean(ops.softplus(-real_logits))
    return (on_real + ops.mean(ops.softplus(fake_logits))) / 2
