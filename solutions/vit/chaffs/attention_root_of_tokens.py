# caught by: attention/scale
# Takes the root of the number of tokens.

# %% solution="attention_weights"
def attention_weights(queries, keys):
    scores = ops.matmul(queries, ops.swapaxes(keys, -1, -2))
    return ops.softmax(scores / queries.shape[-2] ** 0.5, axis=-1)
