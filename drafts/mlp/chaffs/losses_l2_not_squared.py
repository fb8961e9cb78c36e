# caught by: losses/distances
# The norm as the slide prints it, with the root.

# %% solution="distances"
def sum_of_squared_errors(targets, outputs):
    return ops.sum((outputs - targets) ** 2, axis=-1)


def l1(targets, outputs):
    return ops.sum(ops.abs(outputs - targets), axis=-1)


def l2(targets, outputs):
    return ops.sqrt(ops.sum((outputs - targets) ** 2, axis=-1))
