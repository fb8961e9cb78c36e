# caught by: smoother/kernel
# Compares by the dot product, not by the distance.

# %% solution="smoothing_weights"
def smoothing_weights(queries, keys, theta):
    scores = theta**2 * ops.matmul(queries, ops.transpose(keys))
    return ops.softmax(scores, axis=-1)
