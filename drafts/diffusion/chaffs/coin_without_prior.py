# caught by: coin/prior
# Forgets how often the coin shows heads.

# %% solution="heads"
def heads_probability(x_t, t, alpha_bar, side, heads):
    kept = ops.take(alpha_bar, t, axis=0)
    return ops.sigmoid(2.0 * side * ops.sqrt(kept) * x_t / (1.0 - kept))
