# caught by: collapse/nearest-mode, collapse/radius
# Only the first coordinate.

# %% solution="mode_counts"
def mode_counts(samples, centres, radius):
    gaps = samples[:, None] - centres[None]
    distances = ops.sqrt(ops.square(gaps[:, :, 0]))
    nearest = ops.one_hot(ops.argmin(distances, axis=1), len(centres))
    near = ops.cast(ops.min(distances, axis=1) <= radius, nearest.dtype)
    return ops.sum(nearest * near[:, None], axis=0)
