# caught by: losses/hinges
# Without max(0, ...): classes beyond the margin lower the loss.

# %% solution="hinges"
def hinge(targets, outputs):
    return ops.sum(1.0 - targets * outputs, axis=-1)


def squared_hinge(targets, outputs):
    return ops.sum(ops.maximum(0.0, 1.0 - targets * outputs) ** 2, axis=-1)


def cubed_hinge(targets, outputs):
    return ops.sum(ops.maximum(0.0, 1.0 - targets * outputs) ** 3, axis=-1)
