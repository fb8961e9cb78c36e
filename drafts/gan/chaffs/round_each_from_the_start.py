# caught by: step/each-step-from-the-last-weights
# Each step of the discriminator starts anew.

# %% solution="play_round"
def play_round(d_step, g_step, g_weights, d_weights, batches, noise):
    start = d_weights
    for real, own_noise in batches:
        d_weights = d_step(g_weights, start, real, own_noise)
    return g_step(g_weights, d_weights, noise), d_weights
