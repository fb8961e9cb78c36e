# caught by: coin/little-noise
# exp(z) / (1 + exp(z)) is infinity over infinity for clear heads.

# %% solution="heads"
def heads_probability(x_t, t, alpha_bar, side, heads):
    kept = ops.take(alpha_bar, t, axis=0)
    prior = np.log(heads / (1 - heads))
    odds = ops.exp(2.0 * side * ops.sqrt(kept) * x_t / (1.0 - kept) + prior)
    return odds / (1.0 + odds)
