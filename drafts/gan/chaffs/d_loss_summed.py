# caught by: losses/mean-of-each-batch
# Sums over the batch.

# %% solution="discriminator_loss"
def discriminator_loss(real_logits, fake_logits):
    on_real = ops.sum(ops.softplus(-real_logits))
    return on_real + ops.sum(ops.softplus(fake_logits))
