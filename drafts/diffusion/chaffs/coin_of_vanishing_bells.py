# caught by: coin/little-noise
# Bayes as it stands, with a small number against 0 / 0: 0 in place of 1.

# %% solution="heads"
def heads_probability(x_t, t, alpha_bar, side, heads):
    kept = ops.take(alpha_bar, t, axis=0)
    centre, spread = ops.sqrt(kept) * side, 2.0 * (1.0 - kept)
    up = heads * ops.exp(-((x_t - centre) ** 2) / spread)
    down = (1 - heads) * ops.exp(-((x_t + centre) ** 2) / spread)
    return up / (up + down + 1e-12)
