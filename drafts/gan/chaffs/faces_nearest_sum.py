# caught by: sampling/faces
# Takes the running sum that is nearest to u.

# %% solution="discrete"
def sample_discrete(u, probabilities):
    sums = ops.cumsum(probabilities)
    gaps = ops.abs(u[:, None] - sums[None, :])
    return ops.argmin(gaps, axis=1)
