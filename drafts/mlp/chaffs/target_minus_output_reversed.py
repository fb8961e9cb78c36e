# caught by: backpropagation/delta-output
# y - t in place of t - y.

# %% solution="deltas"
def deltas(weights, targets, signals, derivative):
    v, v0, w, w0 = weights
    z_in, z, y_in, y = signals
    delta_output = (y - targets) * derivative(y_in)
    delta_hidden = ops.matmul(delta_output, ops.transpose(w)) * derivative(z_in)
    return delta_output, delta_hidden
