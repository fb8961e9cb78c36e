# caught by: losses/differentiable
# Returns a Python number.

# %% solution="non_saturating_loss"
def non_saturating_loss(fake_logits):
    return float(ops.convert_to_numpy(ops.mean(ops.softplus(-fake_logits))))
