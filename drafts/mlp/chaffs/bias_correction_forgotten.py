# caught by: backpropagation/bias-corrections
# The biases never move.

# %% solution="corrections"
def corrections(x, z, delta_output, delta_hidden, learning_rate):
    rate = learning_rate / x.shape[0]
    dv = rate * ops.matmul(ops.transpose(x), delta_hidden)
    dw = rate * ops.matmul(ops.transpose(z), delta_output)
    return dv, ops.zeros(dv.shape[1]), dw, ops.zeros(dw.shape[1])
