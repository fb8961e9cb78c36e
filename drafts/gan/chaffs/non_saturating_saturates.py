# caught by: losses/non-saturating
# -log(1 - s): fakes as fakes.

# %% solution="non_saturating_loss"
def non_saturating_loss(fake_logits):
    return ops.mean(ops.softplus(fake_logits))
