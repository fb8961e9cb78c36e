# caught by: sampling/observed
# Rounds to the nearest of N - 1 steps: the ends come up half as often.

# %% solution="observed"
def sample_observed(u, observations):
    place = ops.cast(ops.round(u * (len(observations) - 1)), "int32")
    return ops.take(ops.sort(observations), place)
