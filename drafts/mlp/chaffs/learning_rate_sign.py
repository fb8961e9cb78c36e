# caught by: backpropagation/learning-rate
# Adds the minus of gradient descent a second time.

# %% solution="corrections"
def corrections(x, z, delta_output, delta_hidden, learning_rate):
    rate = -learning_rate / x.shape[0]
    dv = rate * ops.matmul(ops.transpose(x), delta_hidden)
    dw = rate * ops.matmul(ops.transpose(z), delta_output)
    dv0 = rate * ops.sum(delta_hidden, axis=0)
    dw0 = rate * ops.sum(delta_output, axis=0)
    return dv, dv0, dw, dw0
