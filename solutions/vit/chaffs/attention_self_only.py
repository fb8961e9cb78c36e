# caught by: attention/who-asks-whom, attention/values
# Ignores the context: keys and values are those of x.

# %% solution="attention"
def attention(x, context, w_q, w_k, w_v):
    queries = ops.matmul(x, w_q)
    keys = ops.matmul(x, w_k)
    values = ops.matmul(x, w_v)
    return ops.matmul(attention_weights(queries, keys), values)
