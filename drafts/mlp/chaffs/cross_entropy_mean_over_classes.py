# caught by: softmax/cross-entropy, softmax/cross-entropy-of-large-logits
# Divides by the number of entries of the one-hot table, too.

# %% solution="cross_entropy"
def cross_entropy(logits, labels):
    one_hot = ops.one_hot(labels, logits.shape[-1])
    return -ops.mean(one_hot * ops.log_softmax(logits, axis=-1))
