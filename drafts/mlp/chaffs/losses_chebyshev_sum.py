# caught by: losses/expectations
# Sums the differences in place of taking the largest.

# %% solution="expectations"
def expectation(targets, outputs):
    return ops.sum(ops.abs(ops.softmax(outputs) - targets), axis=-1)


def regularised_expectation(targets, outputs):
    return ops.sum((ops.softmax(outputs) - targets) ** 2, axis=-1)


def chebyshev(targets, outputs):
    return ops.sum(ops.abs(ops.softmax(outputs) - targets), axis=-1)
