# caught by: losses/saturating
# The wrong sign: this would help the discriminator.

# %% solution="saturating_loss"
def saturating_loss(fake_logits):
    return ops.mean(ops.softplus(fake_logits))
