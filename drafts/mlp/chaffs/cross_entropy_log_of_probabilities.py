# caught by: softmax/cross-entropy-of-large-logits
# The logarithm of a probability that was rounded to 0 is infinite.

# %% solution="cross_entropy"
def cross_entropy(logits, labels):
    exponentials = ops.exp(logits - ops.max(logits, axis=-1, keepdims=True))
    probabilities = exponentials / ops.sum(exponentials, axis=-1, keepdims=True)
    one_hot = ops.one_hot(labels, logits.shape[-1])
    chosen = ops.sum(probabilities * one_hot, axis=-1)
    return -ops.mean(ops.log(chosen))
