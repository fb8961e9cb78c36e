# caught by: losses/mean-of-each-batch
# Sums over the batch.

# %% solution="saturating_loss"
def saturating_loss(fake_logits):
    return -ops.sum(ops.softplus(fake_logits))
