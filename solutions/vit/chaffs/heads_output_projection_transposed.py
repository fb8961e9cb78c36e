# caught by: heads/output-projection
# Multiplies by the last matrix turned over.

# %% solution="multi_head_attention"
def multi_head_attention(x, weights, heads, attend):
    w_q, w_k, w_v, w_o = weights
    parts = [split_heads(ops.matmul(x, w), heads) for w in (w_q, w_k, w_v)]
    return ops.matmul(merge_heads(attend(*parts)), ops.transpose(w_o))
