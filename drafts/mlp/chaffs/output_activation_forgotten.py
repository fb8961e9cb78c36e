# caught by: forward/activation-in-both-layers
# Returns y_in as y.

# %% solution="forward"
def forward(weights, x, activation):
    v, v0, w, w0 = weights
    z_in = ops.matmul(x, v) + v0
    z = activation(z_in)
    y_in = ops.matmul(z, w) + w0
    return z_in, z, y_in, y_in
