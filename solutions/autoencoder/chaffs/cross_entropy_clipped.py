# caught by: losses/large-logits
# Clips the probabilities before the logarithm.

# %% solution="binary_cross_entropy"
def binary_cross_entropy(x, logits):
    p = ops.clip(ops.sigmoid(logits), 1e-7, 1.0 - 1e-7)
    terms = -x * ops.log(p) - (1.0 - x) * ops.log(1.0 - p)
    return ops.sum(terms, axis=tuple(range(1, len(x.shape))))
