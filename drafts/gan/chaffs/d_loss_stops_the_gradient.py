# caught by: losses/differentiable
# Stops the gradient inside the loss.

# %% solution="discriminator_loss"
def discriminator_loss(real_logits, fake_logits):
    on_real = ops.mean(ops.softplus(-real_logits))
    return on_real + ops.mean(ops.softplus(ops.stop_gradient(fake_logits)))
