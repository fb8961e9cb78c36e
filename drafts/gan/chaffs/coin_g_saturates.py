# caught by: coin/generator-moves
# The slope of the saturating loss.

# %% solution="coin_round"
def coin_round(theta, logits, heads, d_rate, g_rate):
    q = ops.sigmoid(ops.convert_to_tensor(theta, dtype="float32"))
    real = ops.convert_to_tensor([1.0 - heads, heads], dtype="float32")
    fake = ops.stack([1.0 - q, q])
    guess = ops.sigmoid(logits)
    logits = logits - d_rate * (fake * guess - real * (1.0 - guess))
    cost = -ops.softplus(logits)
    return theta - g_rate * q * (1.0 - q) * (cost[1] - cost[0]), logits
