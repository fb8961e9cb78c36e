# caught by: losses/similarities
# Norms in place of squared norms.

# %% solution="similarities"
def tanimoto(targets, outputs):
    p = ops.softmax(outputs)
    common = ops.sum(p * targets, axis=-1)
    return -common / (ops.norm(p, axis=-1) + ops.norm(targets, axis=-1) - common)


def cauchy_schwarz(targets, outputs):
    p = ops.softmax(outputs)
    common = ops.sum(p * targets, axis=-1)
    lengths = ops.sum(p**2, axis=-1) * ops.sum(targets**2, axis=-1)
    return 0.5 * ops.log(lengths) - ops.log(common)
