# caught by: embedding/frequencies
# Divides by dim / 2 - 1: the slowest wave is 1 / period.

# %% solution="embedding"
def timestep_embedding(t, dim, period=10_000.0):
    half = dim // 2
    frequencies = tensor(float(period) ** (-np.arange(half) / (half - 1)))
    angles = ops.cast(t, "float32")[:, None] * frequencies
    return ops.concatenate([ops.sin(angles), ops.cos(angles)], axis=1)
