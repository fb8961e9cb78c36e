# caught by: distances/without-the-diagonal
# The biased estimate.

# %% solution="mmd_squared"
def mmd_squared(x, y, kernel):
    within = ops.mean(kernel(x, x)) + ops.mean(kernel(y, y))
    return within - 2.0 * ops.mean(kernel(x, y))
