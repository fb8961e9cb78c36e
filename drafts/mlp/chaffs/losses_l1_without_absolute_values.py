# caught by: losses/distances
# Positive and negative differences cancel.

# %% solution="distances"
def sum_of_squared_errors(targets, outputs):
    return ops.sum((outputs - targets) ** 2, axis=-1)


def l1(targets, outputs):
    return ops.sum(outputs - targets, axis=-1)


def l2(targets, outputs):
    return ops.sum((outputs - targets) ** 2, axis=-1)
