# caught by: distances/wasserstein
# Row by row, as they come.

# %% solution="wasserstein"
def wasserstein(x, y):
    return ops.mean(ops.abs(x - y))
