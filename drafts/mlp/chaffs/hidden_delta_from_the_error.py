# caught by: backpropagation/delta-hidden
# Sends back the error t - y, not delta_k: the output's derivative is lost on the way.

# %% solution="deltas"
def deltas(weights, targets, signals, derivative):
    v, v0, w, w0 = weights
    z_in, z, y_in, y = signals
    error = targets - y
    delta_output = error * derivative(y_in)
    delta_hidden = ops.matmul(error, ops.transpose(w)) * derivative(z_in)
    return delta_output, delta_hidden
