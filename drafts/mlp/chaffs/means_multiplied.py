# caught by: backpropagation/weight-corrections
# The product of the two means in place of the mean of the products.

# %% solution="corrections"
def corrections(x, z, delta_output, delta_hidden, learning_rate):
    mean_output = ops.mean(delta_output, axis=0)
    mean_hidden = ops.mean(delta_hidden, axis=0)
    dv = learning_rate * ops.outer(ops.mean(x, axis=0), mean_hidden)
    dw = learning_rate * ops.outer(ops.mean(z, axis=0), mean_output)
    return dv, learning_rate * mean_hidden, dw, learning_rate * mean_output
