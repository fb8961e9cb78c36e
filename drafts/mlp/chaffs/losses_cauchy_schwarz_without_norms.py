# caught by: losses/similarities
# -log <p, y> alone: the log loss again.

# %% solution="similarities"
def tanimoto(targets, outputs):
    p = ops.softmax(outputs)
    common = ops.sum(p * targets, axis=-1)
    return -common / (ops.sum(p**2, axis=-1) + ops.sum(targets**2, axis=-1) - common)


def cauchy_schwarz(targets, outputs):
    p = ops.softmax(outputs)
    common = ops.sum(p * targets, axis=-1)
    return -ops.log(common)
