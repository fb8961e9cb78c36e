# caught by: losses/saturating
# Takes both losses for the same one.

# %% solution="saturating_loss"
def saturating_loss(fake_logits):
    return ops.mean(ops.softplus(-fake_logits))
