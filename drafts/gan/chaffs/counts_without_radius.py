# caught by: collapse/radius
# Counts every sample, however far off.

# %% solution="mode_counts"
def mode_counts(samples, centres, radius):
    gaps = samples[:, None] - centres[None]
    distances = ops.sqrt(ops.sum(ops.square(gaps), axis=2))
    nearest = ops.one_hot(ops.argmin(distances, axis=1), len(centres))
    return ops.sum(nearest, axis=0)
