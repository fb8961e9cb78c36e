# caught by: losses/one-value-per-example
# Averages over the classes, as many libraries do.

# %% solution="distances"
def sum_of_squared_errors(targets, outputs):
    return ops.mean((outputs - targets) ** 2, axis=-1)


def l1(targets, outputs):
    return ops.mean(ops.abs(outputs - targets), axis=-1)


def l2(targets, outputs):
    return ops.mean((outputs - targets) ** 2, axis=-1)
