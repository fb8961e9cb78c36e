# caught by: positions/sine-and-cosine-take-turns
# The cosine stands before the sine.

# %% solution="sinusoidal_positions"
def sinusoidal_positions(tokens, dim):
    frequencies = 10000.0 ** (-np.arange(0, dim, 2) / dim)
    angles = np.arange(tokens)[:, None] * frequencies
    pairs = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    return pairs.reshape(tokens, dim).astype("float32")
