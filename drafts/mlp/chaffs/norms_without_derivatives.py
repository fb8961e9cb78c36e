# caught by: backpropagation/norm-per-layer, backpropagation/norms-when-saturated
# Sends the error back without the derivatives of the sigmoid.

# %% solution="gradient_norms"
def gradient_norms(layers, x, targets):
    signals = [x]
    for matrix, bias in layers:
        signals.append(ops.sigmoid(ops.matmul(signals[-1], matrix) + bias))
    delta, found = (signals[-1] - targets) / x.shape[0], []
    for number in reversed(range(len(layers))):
        found.insert(0, ops.norm(ops.matmul(ops.transpose(signals[number]), delta)))
        delta = ops.matmul(delta, ops.transpose(layers[number][0]))
    return found
