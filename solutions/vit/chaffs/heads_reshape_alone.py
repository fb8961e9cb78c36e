# caught by: heads/split, heads/merge
# A reshape alone mixes the features of several tokens.

# %% solution="split_heads"
def split_heads(x, heads):
    batch, tokens, dim = x.shape
    return ops.reshape(x, (-1, heads, tokens, dim // heads))


def merge_heads(x):
    batch, heads, tokens, features = x.shape
    return ops.reshape(x, (-1, tokens, heads * features))
