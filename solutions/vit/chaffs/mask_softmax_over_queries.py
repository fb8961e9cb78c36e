# caught by: masks/rows-sum-to-1, masks/large-scores
# The softmax runs over the queries.

# %% solution="masked_softmax"
def masked_softmax(scores, mask):
    hidden = ops.where(mask, scores, -1e30)
    return ops.where(mask, ops.softmax(hidden, axis=-2), 0.0)
