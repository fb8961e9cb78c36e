# caught by: smoother/far-queries
# Divides kernel values that have rounded to 0.

# %% solution="smoothing_weights"
def smoothing_weights(queries, keys, theta):
    differences = ops.expand_dims(queries, 1) - ops.expand_dims(keys, 0)
    kernel = ops.exp(-(theta**2) * ops.sum(differences**2, axis=-1))
    return kernel / ops.sum(kernel, axis=1, keepdims=True)
