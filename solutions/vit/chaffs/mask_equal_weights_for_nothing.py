# caught by: masks/query-that-sees-nothing
# A row that is hidden altogether gets equal weights.

# %% solution="masked_softmax"
def masked_softmax(scores, mask):
    return ops.softmax(ops.where(mask, scores, -1e30), axis=-1)
