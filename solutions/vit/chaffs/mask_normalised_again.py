# caught by: masks/large-scores
# What was larger than all allowed scores has used up the digits.

# %% solution="masked_softmax"
def masked_softmax(scores, mask):
    weights = ops.where(mask, ops.softmax(scores, axis=-1), 0.0)
    total = ops.sum(weights, axis=-1, keepdims=True)
    return weights / ops.where(total > 0, total, 1.0)
