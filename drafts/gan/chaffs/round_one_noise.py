# caught by: step/each-batch-of-the-round
# The discriminator gets the generator's noise.

# %% solution="play_round"
def play_round(d_step, g_step, g_weights, d_weights, batches, noise):
    for real, _ in batches:
        d_weights = d_step(g_weights, d_weights, real, noise)
    return g_step(g_weights, d_weights, noise), d_weights
