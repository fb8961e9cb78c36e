# caught by: attention/values
# Averages the keys.

# %% solution="attention"
def attention(x, context, w_q, w_k, w_v):
    queries = ops.matmul(x, w_q)
    keys = ops.matmul(context, w_k)
    values = keys
    return ops.matmul(attention_weights(queries, keys), values)
