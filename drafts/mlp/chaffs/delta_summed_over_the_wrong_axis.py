# caught by: backpropagation/bias-corrections
# Averages the deltas over the units and not over the examples.

# %% solution="corrections"
def corrections(x, z, delta_output, delta_hidden, learning_rate):
    rate = learning_rate / x.shape[0]
    dv = rate * ops.matmul(ops.transpose(x), delta_hidden)
    dw = rate * ops.matmul(ops.transpose(z), delta_output)
    dv0 = learning_rate * ops.mean(delta_hidden, axis=1)
    dw0 = learning_rate * ops.mean(delta_output, axis=1)
    return dv, dv0, dw, dw0
