# caught by: masks/proportions-of-allowed-keys
# Normalises the scores above the lowest, without the exponential.

# %% solution="masked_softmax"
def masked_softmax(scores, mask):
    lowest = ops.min(scores, axis=-1, keepdims=True)
    kernel = ops.where(mask, scores - lowest + 1.0, 0.0)
    total = ops.sum(kernel, axis=-1, keepdims=True)
    return kernel / ops.where(total > 0, total, 1.0)
