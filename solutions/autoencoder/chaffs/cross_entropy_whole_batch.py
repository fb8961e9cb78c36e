# caught by: losses/cross-entropy-per-example
# Sums over the examples, too.

# %% solution="binary_cross_entropy"
def binary_cross_entropy(x, logits):
    return ops.sum(ops.softplus(logits) - x * logits)
