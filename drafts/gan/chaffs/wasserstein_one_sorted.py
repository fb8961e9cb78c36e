# caught by: distances/wasserstein
# Sorts only one of them.

# %% solution="wasserstein"
def wasserstein(x, y):
    return ops.mean(ops.abs(ops.sort(x) - y))
