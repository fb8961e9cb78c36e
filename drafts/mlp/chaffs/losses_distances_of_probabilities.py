# caught by: losses/distances
# Puts a softmax before the losses that take the outputs as they are.

# %% solution="distances"
def sum_of_squared_errors(targets, outputs):
    return ops.sum((ops.softmax(outputs) - targets) ** 2, axis=-1)


def l1(targets, outputs):
    return ops.sum(ops.abs(ops.softmax(outputs) - targets), axis=-1)


def l2(targets, outputs):
    return ops.sum((ops.softmax(outputs) - targets) ** 2, axis=-1)
