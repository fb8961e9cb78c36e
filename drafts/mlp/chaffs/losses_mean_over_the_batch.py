# caught by: losses/one-value-per-example
# One number for the whole batch.

# %% solution="expectations"
def expectation(targets, outputs):
    return ops.mean(ops.sum(ops.abs(ops.softmax(outputs) - targets), axis=-1))


def regularised_expectation(targets, outputs):
    return ops.mean(ops.sum((ops.softmax(outputs) - targets) ** 2, axis=-1))


def chebyshev(targets, outputs):
    return ops.max(ops.abs(ops.softmax(outputs) - targets), axis=-1)
