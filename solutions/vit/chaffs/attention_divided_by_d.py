# caught by: attention/scale
# Divides by d and not by its root.

# %% solution="attention_weights"
def attention_weights(queries, keys):
    scores = ops.matmul(queries, ops.swapaxes(keys, -1, -2))
    return ops.softmax(scores / queries.shape[-1], axis=-1)
