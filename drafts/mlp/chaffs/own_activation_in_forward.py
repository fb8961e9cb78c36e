# caught by: forward/activation-in-both-layers
# Always the sigmoid, whatever activation is passed.

# %% solution="forward"
def forward(weights, x, activation):
    v, v0, w, w0 = weights
    z_in = ops.matmul(x, v) + v0
    z = 1.0 / (1.0 + ops.exp(-z_in))
    y_in = ops.matmul(z, w) + w0
    y = 1.0 / (1.0 + ops.exp(-y_in))
    return z_in, z, y_in, y
