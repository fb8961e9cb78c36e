# caught by: heads/merge, heads/queries-keys-and-values
# Merges without bringing the tokens to the front again.

# %% solution="split_heads"
def split_heads(x, heads):
    batch, tokens, dim = x.shape
    parts = ops.reshape(x, (-1, tokens, heads, dim // heads))
    return ops.transpose(parts, (0, 2, 1, 3))


def merge_heads(x):
    batch, heads, tokens, features = x.shape
    return ops.reshape(x, (-1, tokens, heads * features))
