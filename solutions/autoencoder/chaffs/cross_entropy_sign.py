# caught by: losses/cross-entropy
# The log-likelihood without the minus.

# %% solution="binary_cross_entropy"
def binary_cross_entropy(x, logits):
    terms = x * logits - ops.softplus(logits)
    return ops.sum(terms, axis=tuple(range(1, len(x.shape))))
