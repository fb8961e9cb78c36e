# caught by: distances/wasserstein
# The distance of the means.

# %% solution="wasserstein"
def wasserstein(x, y):
    return ops.abs(ops.mean(x) - ops.mean(y))
