# caught by: sampling/faces
# Counts the faces from 1.

# %% solution="discrete"
def sample_discrete(u, probabilities):
    sums = ops.cumsum(probabilities)
    passed = ops.cast(u[:, None] >= sums[None, :], "int32")
    return 1 + ops.minimum(ops.sum(passed, axis=1), len(probabilities) - 1)
