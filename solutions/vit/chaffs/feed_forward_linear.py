# caught by: block/gelu
# No activation between the two matrices.

# %% solution="feed_forward"
def feed_forward(x, w_1, b_1, w_2, b_2):
    hidden = ops.matmul(x, w_1) + b_1
    return ops.matmul(hidden, w_2) + b_2
