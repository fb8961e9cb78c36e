# caught by: sampling/edges-of-faces
# u at a running sum still belongs to the face before.

# %% solution="discrete"
def sample_discrete(u, probabilities):
    sums = ops.cumsum(probabilities)
    passed = ops.cast(u[:, None] > sums[None, :], "int32")
    return ops.minimum(ops.sum(passed, axis=1), len(probabilities) - 1)
