# caught by: heads/queries-keys-and-values, heads/each-head-by-itself
# The values are the tokens themselves.

# %% solution="multi_head_attention"
def multi_head_attention(x, weights, heads, attend):
    w_q, w_k, w_v, w_o = weights
    q, k = (split_heads(ops.matmul(x, w), heads) for w in (w_q, w_k))
    return ops.matmul(merge_heads(attend(q, k, split_heads(x, heads))), w_o)
