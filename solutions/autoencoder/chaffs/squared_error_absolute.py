# caught by: losses/squared-error
# The absolute differences, not their squares.

# %% solution="squared_error"
def squared_error(x, reconstruction):
    return ops.sum(ops.abs(x - reconstruction), axis=tuple(range(1, len(x.shape))))
