# caught by: coin/average-noise
# The average of side and 0, as if tails were 0.

# %% solution="coin"
def coin_denoiser(x_t, t, alpha_bar, side, heads):
    kept = ops.take(alpha_bar, t, axis=0)
    toss = side * heads_probability(x_t, t, alpha_bar, side, heads)
    return (x_t - ops.sqrt(kept) * toss) / ops.sqrt(1.0 - kept)
