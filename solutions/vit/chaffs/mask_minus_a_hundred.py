# caught by: masks/hidden-keys-count-for-nothing
# Minus 100 is not low enough.

# %% solution="masked_softmax"
def masked_softmax(scores, mask):
    weights = ops.softmax(ops.where(mask, scores, -100.0), axis=-1)
    nothing = ops.logical_not(ops.any(mask, axis=-1, keepdims=True))
    return ops.where(nothing, 0.0, weights)
