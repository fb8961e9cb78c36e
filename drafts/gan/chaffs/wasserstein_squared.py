# caught by: distances/wasserstein
# Squares in place of absolute values.

# %% solution="wasserstein"
def wasserstein(x, y):
    return ops.mean(ops.square(ops.sort(x) - ops.sort(y)))
