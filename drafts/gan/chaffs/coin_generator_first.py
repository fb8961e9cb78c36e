# caught by: coin/discriminator-moves, coin/generator-meets-the-new-discriminator
# The generator moves first.

# %% solution="coin_round"
def coin_round(theta, logits, heads, d_rate, g_rate):
    q = ops.sigmoid(ops.convert_to_tensor(theta, dtype="float32"))
    cost = ops.softplus(-logits)
    theta = theta - g_rate * q * (1.0 - q) * (cost[1] - cost[0])
    q, guess = ops.sigmoid(theta), ops.sigmoid(logits)
    real = ops.convert_to_tensor([1.0 - heads, heads], dtype="float32")
    fake = ops.stack([1.0 - q, q])
    return theta, logits - d_rate * (fake * guess - real * (1.0 - guess))
