# caught by: losses/large-logits
# The formula as it stands: the logarithm of 0.

# %% solution="saturating_loss"
def saturating_loss(fake_logits):
    return ops.mean(ops.log(1.0 - ops.sigmoid(fake_logits)))
