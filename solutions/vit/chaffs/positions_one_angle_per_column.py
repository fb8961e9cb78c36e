# caught by: positions/frequencies, positions/sine-and-cosine-take-turns
# Sine and cosine of a pair get angles of their own.

# %% solution="sinusoidal_positions"
def sinusoidal_positions(tokens, dim):
    columns = np.arange(dim)
    angles = np.arange(tokens)[:, None] * 10000.0 ** (-columns / dim)
    return np.where(columns % 2 == 0, np.sin(angles), np.cos(angles))
