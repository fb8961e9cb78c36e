# caught by: sampling/faces
# Compares u with the probabilities, not with their running sums.

# %% solution="discrete"
def sample_discrete(u, probabilities):
    sums = probabilities
    passed = ops.cast(u[:, None] >= sums[None, :], "int32")
    return ops.minimum(ops.sum(passed, axis=1), len(probabilities) - 1)
