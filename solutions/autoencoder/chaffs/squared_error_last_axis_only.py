# caught by: losses/squared-error-per-example
# Sums over the last axis only: images keep rows and columns.

# %% solution="squared_error"
def squared_error(x, reconstruction):
    return ops.sum(ops.square(x - reconstruction), axis=-1)
