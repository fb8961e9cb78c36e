# caught by: attention/large-scores
# Subtracts the largest score of all rows, not of each.

# %% solution="attention_weights"
def attention_weights(queries, keys):
    scores = ops.matmul(queries, ops.swapaxes(keys, -1, -2))
    scores = scores / queries.shape[-1] ** 0.5
    exponentials = ops.exp(scores - ops.max(scores))
    return exponentials / ops.sum(exponentials, axis=-1, keepdims=True)
