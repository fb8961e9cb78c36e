# caught by: losses/large-logits
# Clips the logits, and with them the gradient.

# %% solution="non_saturating_loss"
def non_saturating_loss(fake_logits):
    return ops.mean(ops.softplus(-ops.clip(fake_logits, -20.0, 20.0)))
