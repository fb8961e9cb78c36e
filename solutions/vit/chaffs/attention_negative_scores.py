# caught by: attention/dot-products
# Small dot products get large weights.

# %% solution="attention_weights"
def attention_weights(queries, keys):
    scores = ops.matmul(queries, ops.swapaxes(keys, -1, -2))
    return ops.softmax(-scores / queries.shape[-1] ** 0.5, axis=-1)
