# caught by: coin/discriminator-moves, coin/generator-moves
# Each player has the rate of the other.

# %% solution="coin_round"
def coin_round(theta, logits, heads, d_rate, g_rate):
    q = ops.sigmoid(ops.convert_to_tensor(theta, dtype="float32"))
    real = ops.convert_to_tensor([1.0 - heads, heads], dtype="float32")
    fake = ops.stack([1.0 - q, q])
    guess = ops.sigmoid(logits)
    logits = logits - g_rate * (fake * guess - real * (1.0 - guess))
    cost = ops.softplus(-logits)
    return theta - d_rate * q * (1.0 - q) * (cost[1] - cost[0]), logits
