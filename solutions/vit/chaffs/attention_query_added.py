# caught by: attention/who-asks-whom, attention/values
# Adds the query, as a shortcut would.

# %% solution="attention"
def attention(x, context, w_q, w_k, w_v):
    queries = ops.matmul(x, w_q)
    keys = ops.matmul(context, w_k)
    values = ops.matmul(context, w_v)
    means = ops.matmul(attention_weights(queries, keys), values)
    return means + queries[..., : means.shape[-1]]
