# caught by: smoother/mean-of-the-values
# Averages the keys in place of their values.

# %% solution="kernel_smoother"
def kernel_smoother(queries, keys, values, theta):
    return ops.matmul(smoothing_weights(queries, keys, theta), keys)
