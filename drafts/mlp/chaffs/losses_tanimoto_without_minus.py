# caught by: losses/similarities
# As the slide prints it: a similarity, which must not be made smaller.

# %% solution="similarities"
def tanimoto(targets, outputs):
    p = ops.softmax(outputs)
    common = ops.sum(p * targets, axis=-1)
    return common / (ops.sum(p**2 + targets**2, axis=-1) - common)


def cauchy_schwarz(targets, outputs):
    p = ops.softmax(outputs)
    common = ops.sum(p * targets, axis=-1)
    lengths = ops.sum(p**2, axis=-1) * ops.sum(targets**2, axis=-1)
    return 0.5 * ops.log(lengths) - ops.log(common)
