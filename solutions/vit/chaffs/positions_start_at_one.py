# caught by: positions/first-token-at-0
# Counts the tokens from 1.

# %% solution="sinusoidal_positions"
def sinusoidal_positions(tokens, dim):
    frequencies = 10000.0 ** (-np.arange(0, dim, 2) / dim)
    angles = np.arange(1, tokens + 1)[:, None] * frequencies
    pairs = np.stack([np.sin(angles), np.cos(angles)], axis=-1)
    return pairs.reshape(tokens, dim).astype("float32")
