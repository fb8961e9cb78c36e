# caught by: distances/kernel
# The mean over the coordinates, not the sum.

# %% solution="rbf_kernel"
def rbf_kernel(a, b, bandwidth):
    squares = ops.mean(ops.square(a[:, None] - b[None]), axis=2)
    return ops.exp(-squares / (2 * bandwidth**2))
