# caught by: losses/logarithms, losses/large-logits
# log(p^2) in place of (log p)^2.

# %% solution="logarithms"
def log_loss(targets, outputs):
    return -ops.sum(targets * ops.log_softmax(outputs), axis=-1)


def squared_log(targets, outputs):
    return ops.sum(targets * 2.0 * ops.log_softmax(outputs), axis=-1)
