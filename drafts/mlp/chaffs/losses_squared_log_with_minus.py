# caught by: losses/logarithms
# Copies the minus of the log loss, as the slide does.

# %% solution="logarithms"
def log_loss(targets, outputs):
    return -ops.sum(targets * ops.log_softmax(outputs), axis=-1)


def squared_log(targets, outputs):
    return -ops.sum(targets * ops.log_softmax(outputs) ** 2, axis=-1)
