# caught by: losses/hinges
# Squares and cubes the sum over the classes, not each miss.

# %% solution="hinges"
def hinge(targets, outputs):
    return ops.sum(ops.maximum(0.0, 1.0 - targets * outputs), axis=-1)


def squared_hinge(targets, outputs):
    return hinge(targets, outputs) ** 2


def cubed_hinge(targets, outputs):
    return hinge(targets, outputs) ** 3
