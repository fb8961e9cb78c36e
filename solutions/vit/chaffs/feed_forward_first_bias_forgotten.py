# caught by: block/feed-forward-matrices
# Forgets the first bias.

# %% solution="feed_forward"
def feed_forward(x, w_1, b_1, w_2, b_2):
    hidden = ops.gelu(ops.matmul(x, w_1))
    return ops.matmul(hidden, w_2) + b_2
