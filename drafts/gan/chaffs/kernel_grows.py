# caught by: distances/kernel
# Loses the minus.

# %% solution="rbf_kernel"
def rbf_kernel(a, b, bandwidth):
    squares = ops.sum(ops.square(a[:, None] - b[None]), axis=2)
    return ops.exp(squares / (2 * bandwidth**2))
