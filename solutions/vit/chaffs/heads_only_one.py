# caught by: heads/each-head-by-itself
# Attends once with all features, whatever the number of heads.

# %% solution="multi_head_attention"
def multi_head_attention(x, weights, heads, attend):
    w_q, w_k, w_v, w_o = weights
    q, k, v = (ops.matmul(x, w) for w in (w_q, w_k, w_v))
    return ops.matmul(attend(q, k, v), w_o)
