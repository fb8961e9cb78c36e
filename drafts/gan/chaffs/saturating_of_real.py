# caught by: losses/saturating
# log s in place of log(1 - s).

# %% solution="saturating_loss"
def saturating_loss(fake_logits):
    return -ops.mean(ops.softplus(-fake_logits))
