# caught by: coin/discriminator-loss
# Both terms with the probabilities of the fakes.

# %% solution="expected_losses"
def expected_losses(theta, logits, heads):
    q = ops.sigmoid(ops.convert_to_tensor(theta, dtype="float32"))
    fake = ops.stack([1.0 - q, q])
    d_loss = ops.sum(fake * ops.softplus(-logits) + fake * ops.softplus(logits))
    return d_loss, ops.sum(fake * ops.softplus(-logits))
