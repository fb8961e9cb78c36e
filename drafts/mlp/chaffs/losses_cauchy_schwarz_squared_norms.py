# caught by: losses/similarities
# Divides by squared norms.

# %% solution="similarities"
def tanimoto(targets, outputs):
    p = ops.softmax(outputs)
    common = ops.sum(p * targets, axis=-1)
    return -common / (ops.sum(p**2, axis=-1) + ops.sum(targets**2, axis=-1) - common)


def cauchy_schwarz(targets, outputs):
    p = ops.softmax(outputs)
    common = ops.sum(p * targets, axis=-1)
    return -ops.log(common / (ops.sum(p**2, axis=-1) * ops.sum(targets**2, axis=-1)))
