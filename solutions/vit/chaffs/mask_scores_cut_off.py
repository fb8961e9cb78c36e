# caught by: masks/large-scores
# Cuts the scores off at -50 and 50, so that large ones are all alike.

# %% solution="masked_softmax"
def masked_softmax(scores, mask):
    allowed = ops.cast(mask, "float32") * ops.exp(ops.clip(scores, -50.0, 50.0))
    total = ops.sum(allowed, axis=-1, keepdims=True)
    return allowed / ops.where(total > 0, total, 1.0)
