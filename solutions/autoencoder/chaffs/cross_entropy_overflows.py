# caught by: losses/large-logits
# Writes log(1 + exp(l)) as it stands, which overflows.

# %% solution="binary_cross_entropy"
def binary_cross_entropy(x, logits):
    terms = ops.log(1.0 + ops.exp(logits)) - x * logits
    return ops.sum(terms, axis=tuple(range(1, len(x.shape))))
