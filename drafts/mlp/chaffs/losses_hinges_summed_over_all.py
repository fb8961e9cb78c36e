# caught by: losses/one-value-per-example
# A sum without an axis: over the examples, too.

# %% solution="hinges"
def hinge(targets, outputs):
    return ops.sum(ops.maximum(0.0, 1.0 - targets * outputs) ** 1)


def squared_hinge(targets, outputs):
    return ops.sum(ops.maximum(0.0, 1.0 - targets * outputs) ** 2)


def cubed_hinge(targets, outputs):
    return ops.sum(ops.maximum(0.0, 1.0 - targets * outputs) ** 3)
