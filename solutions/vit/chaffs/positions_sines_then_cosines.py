# caught by: positions/sine-and-cosine-take-turns
# First all sines, then all cosines.

# %% solution="sinusoidal_positions"
def sinusoidal_positions(tokens, dim):
    frequencies = 10000.0 ** (-np.arange(0, dim, 2) / dim)
    angles = np.arange(tokens)[:, None] * frequencies
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=-1)
