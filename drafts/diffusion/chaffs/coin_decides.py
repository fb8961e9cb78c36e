# caught by: coin/average-noise
# Takes the likelier side for the average.

# %% solution="coin"
def coin_denoiser(x_t, t, alpha_bar, side, heads):
    kept = ops.take(alpha_bar, t, axis=0)
    chance = heads_probability(x_t, t, alpha_bar, side, heads)
    toss = ops.where(chance > 0.5, side, -side)
    return (x_t - ops.sqrt(kept) * toss) / ops.sqrt(1.0 - kept)
