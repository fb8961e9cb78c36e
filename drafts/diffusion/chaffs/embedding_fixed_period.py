# caught by: embedding/period
# Always 10000, whatever is asked for.

# %% solution="embedding"
def timestep_embedding(t, dim, period=10_000.0):
    half = dim // 2
    frequencies = tensor(10_000.0 ** (-np.arange(half) / half))
    angles = ops.cast(t, "float32")[:, None] * frequencies
    return ops.concatenate([ops.sin(angles), ops.cos(angles)], axis=1)
