# caught by: positions/frequencies
# The exponent is i / d, not 2i / d.

# %% solution="sinusoidal_positions"
def sinusoidal_positions(tokens, dim):
    frequencies = 10000.0 ** (-np.arange(dim // 2) / dim)
    angles = np.arange(tokens)[:, None] * frequencies
    pairs = np.stack([np.sin(angles), np.cos(angles)], axis=-1)
    return pairs.reshape(tokens, dim).astype("float32")
