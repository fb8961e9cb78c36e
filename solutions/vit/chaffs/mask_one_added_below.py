# caught by: masks/rows-sum-to-1
# Adds 1 to the denominator so that it is never 0, and the sums are too small.

# %% solution="masked_softmax"
def masked_softmax(scores, mask):
    hidden = ops.where(mask, scores, -1e30)
    shifted = hidden - ops.max(hidden, axis=-1, keepdims=True)
    kernel = ops.where(mask, ops.exp(shifted), 0.0)
    return kernel / (1.0 + ops.sum(kernel, axis=-1, keepdims=True))
