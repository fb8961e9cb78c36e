# caught by: coin/fair-coin
# Loses the factor 2 of the cross terms.

# %% solution="heads"
def heads_probability(x_t, t, alpha_bar, side, heads):
    kept = ops.take(alpha_bar, t, axis=0)
    prior = np.log(heads / (1 - heads))
    return ops.sigmoid(side * ops.sqrt(kept) * x_t / (1.0 - kept) + prior)
