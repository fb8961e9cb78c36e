# caught by: losses/expectations
# Forgets the softmax: compares with the outputs.

# %% solution="expectations"
def expectation(targets, outputs):
    return ops.sum(ops.abs(outputs - targets), axis=-1)


def regularised_expectation(targets, outputs):
    return ops.sum((ops.softmax(outputs) - targets) ** 2, axis=-1)


def chebyshev(targets, outputs):
    return ops.max(ops.abs(ops.softmax(outputs) - targets), axis=-1)
