# caught by: distances/discrepancy, distances/without-the-diagonal
# Leaves out the diagonal within x only.

# %% solution="mmd_squared"
def mmd_squared(x, y, kernel):
    n, m = len(x), len(y)
    of_x, of_y = kernel(x, x), kernel(y, y)
    in_x = (ops.sum(of_x) - ops.sum(ops.diagonal(of_x))) / (n * (n - 1))
    in_y = (ops.sum(of_y)) / (m * (m - 1))
    return in_x + in_y - 2 * ops.mean(kernel(x, y))
