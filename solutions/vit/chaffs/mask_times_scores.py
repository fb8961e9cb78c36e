# caught by: masks/hidden-keys-count-for-nothing, masks/query-that-sees-nothing
# A score of 0 is not a weight of 0.

# %% solution="masked_softmax"
def masked_softmax(scores, mask):
    return ops.softmax(scores * ops.cast(mask, scores.dtype), axis=-1)
