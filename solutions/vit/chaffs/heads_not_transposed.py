# caught by: heads/split, heads/merge
# Keeps the heads behind the tokens, so that heads attend to each other.

# %% solution="split_heads"
def split_heads(x, heads):
    batch, tokens, dim = x.shape
    return ops.reshape(x, (-1, tokens, heads, dim // heads))


def merge_heads(x):
    batch, tokens, heads, features = x.shape
    return ops.reshape(x, (-1, tokens, heads * features))
