# caught by: smoother/mean-of-the-values
# Computes the mean and does not return it.

# %% solution="kernel_smoother"
def kernel_smoother(queries, keys, values, theta):
    _ = ops.matmul(smoothing_weights(queries, keys, theta), values)
