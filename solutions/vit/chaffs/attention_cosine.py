# caught by: attention/dot-products, attention/scale
# Compares directions: divides by the lengths of query and key.

# %% solution="attention_weights"
def attention_weights(queries, keys):
    queries = queries / ops.norm(queries, axis=-1, keepdims=True)
    keys = keys / ops.norm(keys, axis=-1, keepdims=True)
    scores = ops.matmul(queries, ops.swapaxes(keys, -1, -2))
    return ops.softmax(scores / queries.shape[-1] ** 0.5, axis=-1)
