# caught by: smoother/far-queries
# Subtracts the largest exponent of all rows, not of each.

# %% solution="smoothing_weights"
def smoothing_weights(queries, keys, theta):
    differences = ops.expand_dims(queries, 1) - ops.expand_dims(keys, 0)
    exponents = -(theta**2) * ops.sum(differences**2, axis=-1)
    kernel = ops.exp(exponents - ops.max(exponents))
    return kernel / ops.sum(kernel, axis=1, keepdims=True)
