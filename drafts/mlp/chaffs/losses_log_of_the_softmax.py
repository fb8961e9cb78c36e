# caught by: losses/large-logits
# The logarithm of a probability that was rounded to 0.

# %% solution="logarithms"
def log_loss(targets, outputs):
    return -ops.sum(targets * ops.log(ops.softmax(outputs)), axis=-1)


def squared_log(targets, outputs):
    return ops.sum(targets * ops.log(ops.softmax(outputs)) ** 2, axis=-1)
