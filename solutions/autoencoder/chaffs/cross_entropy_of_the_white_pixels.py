# caught by: losses/cross-entropy, losses/large-logits
# Forgets the term (1 - x) log(1 - p).

# %% solution="binary_cross_entropy"
def binary_cross_entropy(x, logits):
    return ops.sum(x * ops.softplus(-logits), axis=tuple(range(1, len(x.shape))))
