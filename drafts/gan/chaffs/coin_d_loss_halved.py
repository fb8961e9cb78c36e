# caught by: coin/discriminator-loss
# The mean of the two terms.

# %% solution="expected_losses"
def expected_losses(theta, logits, heads):
    q = ops.sigmoid(ops.convert_to_tensor(theta, dtype="float32"))
    real = ops.convert_to_tensor([1.0 - heads, heads], dtype="float32")
    fake = ops.stack([1.0 - q, q])
    d_loss = ops.sum(real * ops.softplus(-logits) + fake * ops.softplus(logits))
    return d_loss / 2, ops.sum(fake * ops.softplus(-logits))
