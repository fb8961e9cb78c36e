# caught by: backpropagation/norms-of-the-mean
# Adds up the errors of the examples.

# %% solution="gradient_norms"
def gradient_norms(layers, x, targets):
    def error(matrices):
        z = x
        for matrix, (_, bias) in zip(matrices, layers, strict=True):
            z = ops.sigmoid(ops.matmul(z, matrix) + bias)
        return 0.5 * ops.sum((targets - z) ** 2)

    gradients = autodiff.grad(error)([matrix for matrix, _ in layers])
    return [ops.sqrt(ops.sum(gradient**2)) for gradient in gradients]
