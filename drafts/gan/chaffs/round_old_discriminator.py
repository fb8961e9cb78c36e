# caught by: step/generator-meets-the-new-discriminator
# The generator meets the discriminator of the start.

# %% solution="play_round"
def play_round(d_step, g_step, g_weights, d_weights, batches, noise):
    start = d_weights
    for real, own_noise in batches:
        d_weights = d_step(g_weights, d_weights, real, own_noise)
    return g_step(g_weights, start, noise), d_weights
