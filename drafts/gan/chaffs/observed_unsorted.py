# caught by: sampling/observed
# Forgets to sort.

# %% solution="observed"
def sample_observed(u, observations):
    place = ops.cast(ops.floor(u * len(observations)), "int32")
    return ops.take(observations, place)
