# caught by: distances/discrepancy, distances/without-the-diagonal
# Keeps the diagonal and divides as if it were left out.

# %% solution="mmd_squared"
def mmd_squared(x, y, kernel):
    n, m = len(x), len(y)
    of_x, of_y = kernel(x, x), kernel(y, y)
    in_x = (ops.sum(of_x)) / (n * (n - 1))
    in_y = (ops.sum(of_y)) / (m * (m - 1))
    return in_x + in_y - 2 * ops.mean(kernel(x, y))
