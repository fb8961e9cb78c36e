# caught by: backpropagation/delta-hidden
# Applies the hidden units' derivative to z, not to z_in.

# %% solution="deltas"
def deltas(weights, targets, signals, derivative):
    v, v0, w, w0 = weights
    z_in, z, y_in, y = signals
    delta_output = (targets - y) * derivative(y_in)
    delta_hidden = ops.matmul(delta_output, ops.transpose(w)) * derivative(z)
    return delta_output, delta_hidden
