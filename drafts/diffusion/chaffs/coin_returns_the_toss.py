# caught by: coin/average-noise
# Returns the average data, not the noise.

# %% solution="coin"
def coin_denoiser(x_t, t, alpha_bar, side, heads):
    kept = ops.take(alpha_bar, t, axis=0)
    toss = side * (2.0 * heads_probability(x_t, t, alpha_bar, side, heads) - 1.0)
    return toss + 0.0 * kept
