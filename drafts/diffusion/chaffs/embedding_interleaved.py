# caught by: embedding/sines-then-cosines
# Sine and cosine of each frequency side by side.

# %% solution="embedding"
def timestep_embedding(t, dim, period=10_000.0):
    half = dim // 2
    frequencies = tensor(float(period) ** (-np.arange(half) / half))
    angles = ops.cast(t, "float32")[:, None] * frequencies
    return ops.reshape(ops.stack([ops.sin(angles), ops.cos(angles)], axis=2), (-1, dim))
