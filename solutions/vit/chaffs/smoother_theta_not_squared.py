# caught by: smoother/theta
# Multiplies by theta and not by its square.

# %% solution="smoothing_weights"
def smoothing_weights(queries, keys, theta):
    differences = ops.expand_dims(queries, 1) - ops.expand_dims(keys, 0)
    squared_distances = ops.sum(differences**2, axis=-1)
    return ops.softmax(-theta * squared_distances, axis=-1)
