# caught by: heads/split, heads/merge
# Head h gets every H-th feature, not a block.

# %% solution="split_heads"
def split_heads(x, heads):
    batch, tokens, dim = x.shape
    parts = ops.reshape(x, (-1, tokens, dim // heads, heads))
    return ops.transpose(parts, (0, 3, 1, 2))


def merge_heads(x):
    batch, heads, tokens, features = x.shape
    x = ops.transpose(x, (0, 2, 3, 1))
    return ops.reshape(x, (-1, tokens, heads * features))
