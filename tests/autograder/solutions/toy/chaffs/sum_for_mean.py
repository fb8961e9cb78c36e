# caught by: mean/values, mean/equal-numbers
# The sum is not divided by the number of summands.
# %% solution="mean"
def mean(x):
    return ops.sum(x, axis=-1)
