# caught by: backpropagation/delta-output
# Applies the derivative to y, not to y_in.

# %% solution="deltas"
def deltas(weights, targets, signals, derivative):
    v, v0, w, w0 = weights
    z_in, z, y_in, y = signals
    delta_output = (targets - y) * derivative(y)
    delta_hidden = ops.matmul(delta_output, ops.transpose(w)) * derivative(z_in)
    return delta_output, delta_hidden
