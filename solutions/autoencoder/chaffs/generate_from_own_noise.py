# caught by: generation/decodes-the-noise
# Draws its own noise.

# %% solution="generate"
def generate(decode, noise):
    return ops.sigmoid(decode(keras.random.normal(noise.shape)))
