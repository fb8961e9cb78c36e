# caught by: losses/large-logits
# A small number in the logarithm: 16 in place of 80.

# %% solution="discriminator_loss"
def discriminator_loss(real_logits, fake_logits):
    on_real, on_fake = ops.sigmoid(real_logits), ops.sigmoid(fake_logits)
    on_real = -ops.mean(ops.log(on_real + 1e-7))
    return on_real - ops.mean(ops.log(1.0 - on_fake + 1e-7))
