# caught by: attention/scale
# Forgets to divide by the root of d.

# %% solution="attention_weights"
def attention_weights(queries, keys):
    scores = ops.matmul(queries, ops.swapaxes(keys, -1, -2))
    return ops.softmax(scores, axis=-1)
