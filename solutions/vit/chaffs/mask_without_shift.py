# caught by: masks/large-scores
# Exponentials of large scores are infinite.

# %% solution="masked_softmax"
def masked_softmax(scores, mask):
    kernel = ops.where(mask, ops.exp(scores), 0.0)
    total = ops.sum(kernel, axis=-1, keepdims=True)
    return kernel / ops.where(total > 0, total, 1.0)
