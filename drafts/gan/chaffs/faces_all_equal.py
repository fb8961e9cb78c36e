# caught by: sampling/faces
# All faces with the same chance.

# %% solution="discrete"
def sample_discrete(u, probabilities):
    return ops.cast(ops.floor(u * len(probabilities)), "int32")
