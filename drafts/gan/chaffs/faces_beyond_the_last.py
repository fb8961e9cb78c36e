# caught by: sampling/always-a-face
# Gives face K where u is above the rounded sum.

# %% solution="discrete"
def sample_discrete(u, probabilities):
    sums = ops.cumsum(probabilities)
    passed = ops.cast(u[:, None] >= sums[None, :], "int32")
    return ops.sum(passed, axis=1)
