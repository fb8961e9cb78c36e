# caught by: softmax/cross-entropy-of-large-logits
# A small number inside the logarithm keeps it finite, but wrong.

# %% solution="cross_entropy"
def cross_entropy(logits, labels):
    probabilities = ops.softmax(logits, axis=-1)
    one_hot = ops.one_hot(labels, logits.shape[-1])
    chosen = ops.sum(probabilities * one_hot, axis=-1)
    return -ops.mean(ops.log(chosen + 1e-9))
