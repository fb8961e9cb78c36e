# caught by: heads/split
# Splits by a reshape alone, and merges as it should.

# %% solution="split_heads"
def split_heads(x, heads):
    batch, tokens, dim = x.shape
    return ops.reshape(x, (-1, heads, tokens, dim // heads))


def merge_heads(x):
    batch, heads, tokens, features = x.shape
    x = ops.transpose(x, (0, 2, 1, 3))
    return ops.reshape(x, (-1, tokens, heads * features))


# %% solution="multi_head_attention"
def multi_head_attention(x, weights, heads, attend):
    w_q, w_k, w_v, w_o = weights
    parts = [ops.split(ops.matmul(x, w), heads, axis=-1) for w in (w_q, w_k, w_v)]
    results = [attend(q, k, v) for q, k, v in zip(*parts, strict=True)]
    return ops.matmul(ops.concatenate(results, axis=-1), w_o)
