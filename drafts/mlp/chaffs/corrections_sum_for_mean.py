# caught by: backpropagation/batch-mean
# Adds up the examples of the batch.

# %% solution="corrections"
def corrections(x, z, delta_output, delta_hidden, learning_rate):
    dv = learning_rate * ops.matmul(ops.transpose(x), delta_hidden)
    dw = learning_rate * ops.matmul(ops.transpose(z), delta_output)
    dv0 = learning_rate * ops.sum(delta_hidden, axis=0)
    dw0 = learning_rate * ops.sum(delta_output, axis=0)
    return dv, dv0, dw, dw0
