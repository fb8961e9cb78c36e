# caught by: masks/rows-sum-to-1, masks/large-scores
# Sets weights to 0 and does not normalise again.

# %% solution="masked_softmax"
def masked_softmax(scores, mask):
    return ops.where(mask, ops.softmax(scores, axis=-1), 0.0)
