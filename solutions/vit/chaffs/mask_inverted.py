# caught by: masks/hidden-keys-count-for-nothing, masks/proportions-of-allowed-keys
# True means hidden.

# %% solution="masked_softmax"
def masked_softmax(scores, mask):
    weights = ops.softmax(ops.where(mask, -1e30, scores), axis=-1)
    nothing = ops.logical_not(ops.any(mask, axis=-1, keepdims=True))
    return ops.where(nothing, 0.0, weights)
