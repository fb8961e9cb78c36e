# caught by: collapse/nearest-mode, collapse/radius
# Counts those that are too far off.

# %% solution="mode_counts"
def mode_counts(samples, centres, radius):
    gaps = samples[:, None] - centres[None]
    distances = ops.sqrt(ops.sum(ops.square(gaps), axis=2))
    nearest = ops.one_hot(ops.argmin(distances, axis=1), len(centres))
    near = ops.cast(ops.min(distances, axis=1) > radius, nearest.dtype)
    return ops.sum(nearest * near[:, None], axis=0)
