# caught by: losses/large-logits
# The formula as it stands: the logarithm of 0.

# %% solution="discriminator_loss"
def discriminator_loss(real_logits, fake_logits):
    on_real, on_fake = ops.sigmoid(real_logits), ops.sigmoid(fake_logits)
    return -ops.mean(ops.log(on_real)) - ops.mean(ops.log(1.0 - on_fake))
