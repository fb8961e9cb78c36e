# caught by: masks/hidden-keys-count-for-nothing, masks/query-that-sees-nothing
# The mask is not used.

# %% solution="masked_softmax"
def masked_softmax(scores, mask):
    return ops.softmax(scores, axis=-1)
