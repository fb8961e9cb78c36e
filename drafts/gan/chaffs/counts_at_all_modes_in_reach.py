# caught by: collapse/nearest-mode
# Counts a sample at each centre in reach.

# %% solution="mode_counts"
def mode_counts(samples, centres, radius):
    gaps = samples[:, None] - centres[None]
    distances = ops.sqrt(ops.sum(ops.square(gaps), axis=2))
    return ops.sum(ops.cast(distances <= radius, "float32"), axis=0)
