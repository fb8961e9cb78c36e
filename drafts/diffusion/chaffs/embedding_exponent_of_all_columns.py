# caught by: embedding/frequencies
# Divides by dim in the exponent: the slow half is missing.

# %% solution="embedding"
def timestep_embedding(t, dim, period=10_000.0):
    half = dim // 2
    frequencies = tensor(float(period) ** (-np.arange(half) / dim))
    angles = ops.cast(t, "float32")[:, None] * frequencies
    return ops.concatenate([ops.sin(angles), ops.cos(angles)], axis=1)
