# caught by: smoother/weights-of-a-query-sum-to-1, smoother/far-queries
# Returns the kernel itself.

# %% solution="smoothing_weights"
def smoothing_weights(queries, keys, theta):
    differences = ops.expand_dims(queries, 1) - ops.expand_dims(keys, 0)
    return ops.exp(-(theta**2) * ops.sum(differences**2, axis=-1))
