# caught by: backpropagation/norm-per-layer, backpropagation/norms-at-zero-inputs, backpropagation/norms-when-saturated
# The length of the matrices themselves.

# %% solution="gradient_norms"
def gradient_norms(layers, x, targets):
    return [ops.norm(matrix) for matrix, _ in layers]
