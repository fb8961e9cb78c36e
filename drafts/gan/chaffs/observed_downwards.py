# caught by: sampling/observed
# Sorted from large to small.

# %% solution="observed"
def sample_observed(u, observations):
    place = ops.cast(ops.floor(u * len(observations)), "int32")
    return ops.take(ops.flip(ops.sort(observations)), place)
