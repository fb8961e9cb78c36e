# caught by: losses/large-logits
# Keeps the logarithm finite with a small number in it: finite, but wrong.

# %% solution="logarithms"
def log_loss(targets, outputs):
    return -ops.sum(targets * ops.log(ops.softmax(outputs) + 1e-12), axis=-1)


def squared_log(targets, outputs):
    return ops.sum(targets * ops.log_softmax(outputs) ** 2, axis=-1)
