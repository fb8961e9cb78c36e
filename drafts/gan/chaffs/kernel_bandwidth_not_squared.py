# caught by: distances/kernel
# 2 h in place of 2 h^2.

# %% solution="rbf_kernel"
def rbf_kernel(a, b, bandwidth):
    squares = ops.sum(ops.square(a[:, None] - b[None]), axis=2)
    return ops.exp(-squares / (2 * bandwidth))
