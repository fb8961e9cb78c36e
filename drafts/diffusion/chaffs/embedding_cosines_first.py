# caught by: embedding/sines-then-cosines
# The cosines fill the first half.

# %% solution="embedding"
def timestep_embedding(t, dim, period=10_000.0):
    half = dim // 2
    frequencies = tensor(float(period) ** (-np.arange(half) / half))
    angles = ops.cast(t, "float32")[:, None] * frequencies
    return ops.concatenate([ops.cos(angles), ops.sin(angles)], axis=1)
