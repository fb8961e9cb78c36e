# caught by: smoother/far-queries
# Cuts the exponents off at -50, so that all far keys count alike.

# %% solution="smoothing_weights"
def smoothing_weights(queries, keys, theta):
    differences = ops.expand_dims(queries, 1) - ops.expand_dims(keys, 0)
    exponents = -(theta**2) * ops.sum(differences**2, axis=-1)
    kernel = ops.exp(ops.maximum(exponents, -50.0))
    return kernel / ops.sum(kernel, axis=1, keepdims=True)
