# caught by: losses/logarithms
# The sum of log p itself: it grows as the answer gets better.

# %% solution="logarithms"
def log_loss(targets, outputs):
    return ops.sum(targets * ops.log_softmax(outputs), axis=-1)


def squared_log(targets, outputs):
    return ops.sum(targets * ops.log_softmax(outputs) ** 2, axis=-1)
