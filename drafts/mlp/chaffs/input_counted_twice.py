# caught by: backpropagation/weight-corrections
# Follows the slide that has x_i in the hidden delta, and multiplies by x_i again.

# %% solution="corrections"
def corrections(x, z, delta_output, delta_hidden, learning_rate):
    rate = learning_rate / x.shape[0]
    dv = rate * ops.einsum("bi,bi,bj->ij", x, x, delta_hidden)
    dw = rate * ops.einsum("bj,bk->jk", z, delta_output)
    dv0 = rate * ops.sum(delta_hidden, axis=0)
    dw0 = rate * ops.sum(delta_output, axis=0)
    return dv, dv0, dw, dw0
