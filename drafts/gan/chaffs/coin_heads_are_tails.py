# caught by: coin/discriminator-loss, coin/generator-loss
# The first logit is taken for heads.

# %% solution="expected_losses"
def expected_losses(theta, logits, heads):
    q = ops.sigmoid(ops.convert_to_tensor(theta, dtype="float32"))
    real = ops.convert_to_tensor([heads, 1.0 - heads], dtype="float32")
    fake = ops.stack([q, 1.0 - q])
    d_loss = ops.sum(real * ops.softplus(-logits) + fake * ops.softplus(logits))
    return d_loss, ops.sum(fake * ops.softplus(-logits))
