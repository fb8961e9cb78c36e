# caught by: backpropagation/norm-per-layer
# The mean over the output units, too: a plain mean squared error.

# %% solution="gradient_norms"
def gradient_norms(layers, x, targets):
    def error(matrices):
        z = x
        for matrix, (_, bias) in zip(matrices, layers, strict=True):
            z = ops.sigmoid(ops.matmul(z, matrix) + bias)
        return 0.5 * ops.mean((targets - z) ** 2)

    gradients = autodiff.grad(error)([matrix for matrix, _ in layers])
    return [ops.sqrt(ops.sum(gradient**2)) for gradient in gradients]
