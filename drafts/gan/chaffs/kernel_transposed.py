# caught by: distances/kernel
# The points of b in the rows.

# %% solution="rbf_kernel"
def rbf_kernel(a, b, bandwidth):
    squares = ops.sum(ops.square(b[:, None] - a[None]), axis=2)
    return ops.exp(-squares / (2 * bandwidth**2))
