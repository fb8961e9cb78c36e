# caught by: smoother/kernel
# Averages the squared differences over the features.

# %% solution="smoothing_weights"
def smoothing_weights(queries, keys, theta):
    differences = ops.expand_dims(queries, 1) - ops.expand_dims(keys, 0)
    squared_distances = ops.mean(differences**2, axis=-1)
    return ops.softmax(-(theta**2) * squared_distances, axis=-1)
