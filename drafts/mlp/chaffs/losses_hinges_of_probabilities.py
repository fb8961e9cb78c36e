# caught by: losses/hinges
# As the slide prints it: p inside, which never reaches the margin.

# %% solution="hinges"
def hinge(targets, outputs):
    return ops.sum(ops.maximum(0.0, 1.0 - targets * ops.softmax(outputs)) ** 1, axis=-1)


def squared_hinge(targets, outputs):
    return ops.sum(ops.maximum(0.0, 1.0 - targets * ops.softmax(outputs)) ** 2, axis=-1)


def cubed_hinge(targets, outputs):
    return ops.sum(ops.maximum(0.0, 1.0 - targets * ops.softmax(outputs)) ** 3, axis=-1)
