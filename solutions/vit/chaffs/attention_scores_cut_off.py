# caught by: attention/large-scores
# Cuts the scores off at -50 and 50, so that large ones are all alike.

# %% solution="attention_weights"
def attention_weights(queries, keys):
    scores = ops.matmul(queries, ops.swapaxes(keys, -1, -2))
    exponentials = ops.exp(ops.clip(scores / queries.shape[-1] ** 0.5, -50.0, 50.0))
    return exponentials / ops.sum(exponentials, axis=-1, keepdims=True)
