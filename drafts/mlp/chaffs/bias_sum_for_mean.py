# caught by: backpropagation/batch-mean
# The weights get the mean over the batch, the biases the sum.

# %% solution="corrections"
def corrections(x, z, delta_output, delta_hidden, learning_rate):
    batch = x.shape[0]
    dv = learning_rate * ops.matmul(ops.transpose(x), delta_hidden) / batch
    dw = learning_rate * ops.matmul(ops.transpose(z), delta_output) / batch
    dv0 = learning_rate * ops.sum(delta_hidden, axis=0)
    dw0 = learning_rate * ops.sum(delta_output, axis=0)
    return dv, dv0, dw, dw0
