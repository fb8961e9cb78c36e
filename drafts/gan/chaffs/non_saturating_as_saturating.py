# caught by: losses/non-saturating
# The saturating loss here, too.

# %% solution="non_saturating_loss"
def non_saturating_loss(fake_logits):
    return -ops.mean(ops.softplus(fake_logits))
