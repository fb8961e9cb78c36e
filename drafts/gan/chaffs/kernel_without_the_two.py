# caught by: distances/kernel
# h^2 in place of 2 h^2.

# %% solution="rbf_kernel"
def rbf_kernel(a, b, bandwidth):
    squares = ops.sum(ops.square(a[:, None] - b[None]), axis=2)
    return ops.exp(-squares / (bandwidth**2))
