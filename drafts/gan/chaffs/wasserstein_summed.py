# caught by: distances/wasserstein
# The whole way, not the mean.

# %% solution="wasserstein"
def wasserstein(x, y):
    return ops.sum(ops.abs(ops.sort(x) - ops.sort(y)))
