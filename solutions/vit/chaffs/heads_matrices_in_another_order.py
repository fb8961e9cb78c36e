# caught by: heads/queries-keys-and-values
# Takes the third matrix for the keys and the second for the values.

# %% solution="multi_head_attention"
def multi_head_attention(x, weights, heads, attend):
    w_q, w_v, w_k, w_o = weights
    parts = [split_heads(ops.matmul(x, w), heads) for w in (w_q, w_k, w_v)]
    return ops.matmul(merge_heads(attend(*parts)), w_o)
