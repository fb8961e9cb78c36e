# caught by: losses/mean-of-each-batch
# One mean over real and fake examples together, twice.

# %% solution="discriminator_loss"
def discriminator_loss(real_logits, fake_logits):
    terms = ops.concatenate([ops.softplus(-real_logits), ops.softplus(fake_logits)])
    return 2.0 * ops.mean(terms)
