# caught by: coin/fair-coin
# Divides by the standard deviation.

# %% solution="heads"
def heads_probability(x_t, t, alpha_bar, side, heads):
    kept = ops.take(alpha_bar, t, axis=0)
    prior = np.log(heads / (1 - heads))
    return ops.sigmoid(2.0 * side * ops.sqrt(kept) * x_t / ops.sqrt(1.0 - kept) + prior)
