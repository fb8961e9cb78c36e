# caught by: heads/merge
# Puts the last head first, in a function that nothing else uses.

# %% solution="split_heads"
def split_heads(x, heads):
    batch, tokens, dim = x.shape
    parts = ops.reshape(x, (-1, tokens, heads, dim // heads))
    return ops.transpose(parts, (0, 2, 1, 3))


def merge_heads(x):
    batch, heads, tokens, features = x.shape
    return ops.concatenate([x[:, h] for h in reversed(range(heads))], axis=-1)


# %% solution="multi_head_attention"
def multi_head_attention(x, weights, heads, attend):
    w_q, w_k, w_v, w_o = weights
    y = attend(*(split_heads(ops.matmul(x, w), heads) for w in (w_q, w_k, w_v)))
    side_by_side = ops.concatenate([y[:, h] for h in range(heads)], axis=-1)
    return ops.matmul(side_by_side, w_o)
