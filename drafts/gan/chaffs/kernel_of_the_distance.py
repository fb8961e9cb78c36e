# caught by: distances/kernel
# The distance, not its square.

# %% solution="rbf_kernel"
def rbf_kernel(a, b, bandwidth):
    squares = ops.sum(ops.square(a[:, None] - b[None]), axis=2)
    return ops.exp(-ops.sqrt(squares + 1e-12) / (2 * bandwidth**2))
