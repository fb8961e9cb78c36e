# caught by: coin/discriminator-moves
# The gradient does not know how sure it is already.

# %% solution="coin_round"
def coin_round(theta, logits, heads, d_rate, g_rate):
    q = ops.sigmoid(ops.convert_to_tensor(theta, dtype="float32"))
    real = ops.convert_to_tensor([1.0 - heads, heads], dtype="float32")
    fake = ops.stack([1.0 - q, q])
    logits = logits - d_rate * (fake - real)
    cost = ops.softplus(-logits)
    return theta - g_rate * q * (1.0 - q) * (cost[1] - cost[0]), logits
