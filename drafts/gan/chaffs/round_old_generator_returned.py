# caught by: step/new-weights-of-both
# Drops the generator's new weights.

# %% solution="play_round"
def play_round(d_step, g_step, g_weights, d_weights, batches, noise):
    for real, own_noise in batches:
        d_weights = d_step(g_weights, d_weights, real, own_noise)
    g_step(g_weights, d_weights, noise)
    return g_weights, d_weights
