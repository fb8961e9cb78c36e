# caught by: attention/weights-of-a-query-sum-to-1
# Axis 1 is the axis of the keys for two axes only.

# %% solution="attention_weights"
def attention_weights(queries, keys):
    scores = ops.matmul(queries, ops.swapaxes(keys, -1, -2))
    return ops.softmax(scores / queries.shape[-1] ** 0.5, axis=1)
