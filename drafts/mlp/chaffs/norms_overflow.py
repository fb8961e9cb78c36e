# caught by: backpropagation/norms-when-saturated
# An own sigmoid whose derivative is infinity over infinity when it saturates.

# %% solution="gradient_norms"
def gradient_norms(layers, x, targets):
    def error(matrices):
        z = x
        for matrix, (_, bias) in zip(matrices, layers, strict=True):
            z = 1.0 / (1.0 + ops.exp(-ops.matmul(z, matrix) - bias))
        return 0.5 * ops.mean(ops.sum((targets - z) ** 2, axis=-1))

    gradients = autodiff.grad(error)([matrix for matrix, _ in layers])
    return [ops.sqrt(ops.sum(gradient**2)) for gradient in gradients]
