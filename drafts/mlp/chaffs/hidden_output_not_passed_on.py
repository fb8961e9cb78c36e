# caught by: forward/weighted-sums
# The second layer gets z_in where z belongs.

# %% solution="forward"
def forward(weights, x, activation):
    v, v0, w, w0 = weights
    z_in = ops.matmul(x, v) + v0
    z = activation(z_in)
    y_in = ops.matmul(z_in, w) + w0
    return z_in, z, y_in, activation(y_in)
