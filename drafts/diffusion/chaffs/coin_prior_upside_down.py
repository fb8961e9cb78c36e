# caught by: coin/prior
# Tails and heads are swapped in the prior.

# %% solution="heads"
def heads_probability(x_t, t, alpha_bar, side, heads):
    kept = ops.take(alpha_bar, t, axis=0)
    prior = np.log((1 - heads) / heads)
    return ops.sigmoid(2.0 * side * ops.sqrt(kept) * x_t / (1.0 - kept) + prior)
