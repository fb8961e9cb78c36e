# caught by: step/generator-meets-the-new-discriminator
# The generator gets the noise of the discriminator's last step.

# %% solution="play_round"
def play_round(d_step, g_step, g_weights, d_weights, batches, noise):
    for real, own_noise in batches:
        d_weights = d_step(g_weights, d_weights, real, own_noise)
    return g_step(g_weights, d_weights, own_noise), d_weights
