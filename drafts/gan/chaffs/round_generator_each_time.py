# caught by: step/each-step-from-the-last-weights, step/generator-meets-the-new-discriminator
# The generator moves after every step of the discriminator.

# %% solution="play_round"
def play_round(d_step, g_step, g_weights, d_weights, batches, noise):
    for real, own_noise in batches:
        d_weights = d_step(g_weights, d_weights, real, own_noise)
        g_weights = g_step(g_weights, d_weights, noise)
    return g_weights, d_weights
