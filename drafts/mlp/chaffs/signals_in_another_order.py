# caught by: forward/shapes, forward/weighted-sums, forward/biases, forward/activation-in-both-layers
# The two sums come first and the two outputs after them.

# %% solution="forward"
def forward(weights, x, activation):
    v, v0, w, w0 = weights
    z_in = ops.matmul(x, v) + v0
    z = activation(z_in)
    y_in = ops.matmul(z, w) + w0
    return z_in, y_in, z, activation(y_in)
