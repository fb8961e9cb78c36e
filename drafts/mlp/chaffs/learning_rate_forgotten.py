# caught by: backpropagation/learning-rate
# Returns the means without the learning rate.

# %% solution="corrections"
def corrections(x, z, delta_output, delta_hidden, learning_rate):
    batch = x.shape[0]
    dv = ops.matmul(ops.transpose(x), delta_hidden) / batch
    dw = ops.matmul(ops.transpose(z), delta_output) / batch
    return dv, ops.mean(delta_hidden, axis=0), dw, ops.mean(delta_output, axis=0)
