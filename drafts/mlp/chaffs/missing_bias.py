# caught by: forward/biases
# Leaves out v0 and w0.

# %% solution="forward"
def forward(weights, x, activation):
    v, v0, w, w0 = weights
    z_in = ops.matmul(x, v)
    z = activation(z_in)
    y_in = ops.matmul(z, w)
    return z_in, z, y_in, activation(y_in)
