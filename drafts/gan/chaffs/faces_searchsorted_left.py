# caught by: sampling/edges-of-faces
# Leaves searchsorted at side="left".

# %% solution="discrete"
def sample_discrete(u, probabilities):
    u, probabilities = ops.convert_to_numpy(u), ops.convert_to_numpy(probabilities)
    found = np.searchsorted(np.cumsum(probabilities), u)
    return np.minimum(found, len(probabilities) - 1)
