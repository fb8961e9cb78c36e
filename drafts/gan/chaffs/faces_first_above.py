# caught by: sampling/always-a-face
# argmax of "u is below": 0 where it is below none.

# %% solution="discrete"
def sample_discrete(u, probabilities):
    below = u[:, None] < ops.cumsum(probabilities)[None, :]
    return ops.argmax(ops.cast(below, "int32"), axis=1)
