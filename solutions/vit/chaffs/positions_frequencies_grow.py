# caught by: positions/frequencies
# The sign of the exponent is lost.

# %% solution="sinusoidal_positions"
def sinusoidal_positions(tokens, dim):
    frequencies = 10000.0 ** (np.arange(0, dim, 2) / dim)
    angles = np.arange(tokens)[:, None] * frequencies
    pairs = np.stack([np.sin(angles), np.cos(angles)], axis=-1)
    return pairs.reshape(tokens, dim).astype("float32")
