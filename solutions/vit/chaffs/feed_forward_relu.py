# caught by: block/gelu
# ReLU in place of GELU.

# %% solution="feed_forward"
def feed_forward(x, w_1, b_1, w_2, b_2):
    hidden = ops.relu(ops.matmul(x, w_1) + b_1)
    return ops.matmul(hidden, w_2) + b_2
