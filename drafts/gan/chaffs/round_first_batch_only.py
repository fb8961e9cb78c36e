# caught by: step/each-batch-of-the-round
# One step of the discriminator, whatever was asked.

# %% solution="play_round"
def play_round(d_step, g_step, g_weights, d_weights, batches, noise):
    for real, own_noise in batches[:1]:
        d_weights = d_step(g_weights, d_weights, real, own_noise)
    return g_step(g_weights, d_weights, noise), d_weights
