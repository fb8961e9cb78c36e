# caught by: attention/who-asks-whom
# Makes the queries with w_k and the keys with w_q.

# %% solution="attention"
def attention(x, context, w_q, w_k, w_v):
    queries = ops.matmul(x, w_k)
    keys = ops.matmul(context, w_q)
    values = ops.matmul(context, w_v)
    return ops.matmul(attention_weights(queries, keys), values)
