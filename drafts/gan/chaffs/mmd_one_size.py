# caught by: distances/discrepancy
# Takes both samples for equally large.

# %% solution="mmd_squared"
def mmd_squared(x, y, kernel):
    n = len(x)
    of_x, of_y = kernel(x, x), kernel(y, y)
    in_x = (ops.sum(of_x) - ops.sum(ops.diagonal(of_x))) / (n * (n - 1))
    in_y = (ops.sum(of_y) - ops.sum(ops.diagonal(of_y))) / (n * (n - 1))
    return in_x + in_y - 2 * ops.mean(kernel(x, y))
