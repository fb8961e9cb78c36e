# caught by: forward/biases
# Adds v0 and leaves out w0.

# %% solution="forward"
def forward(weights, x, activation):
    v, v0, w, w0 = weights
    z_in = ops.add(ops.matmul(x, v), v0)
    z = activation(z_in)
    y_in = ops.matmul(z, w)
    return z_in, z, y_in, activation(y_in)
