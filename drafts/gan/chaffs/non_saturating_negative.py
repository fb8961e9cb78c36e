# caught by: losses/non-saturating
# Loses the minus: log s, which is to be made large.

# %% solution="non_saturating_loss"
def non_saturating_loss(fake_logits):
    return -ops.mean(ops.softplus(-fake_logits))
