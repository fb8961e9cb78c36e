# caught by: attention/large-scores
# Exponentials of large scores are infinite.

# %% solution="attention_weights"
def attention_weights(queries, keys):
    scores = ops.matmul(queries, ops.swapaxes(keys, -1, -2))
    exponentials = ops.exp(scores / queries.shape[-1] ** 0.5)
    return exponentials / ops.sum(exponentials, axis=-1, keepdims=True)
