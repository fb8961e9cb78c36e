# caught by: losses/squared-error-sum
# The mean over the pixels in place of their sum.

# %% solution="squared_error"
def squared_error(x, reconstruction):
    return ops.mean(ops.square(x - reconstruction), axis=tuple(range(1, len(x.shape))))
