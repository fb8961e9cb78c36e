# caught by: backpropagation/norm-per-layer, backpropagation/norms-at-zero-inputs
# Takes the biases' gradients into the norm.

# %% solution="gradient_norms"
def gradient_norms(layers, x, targets):
    def error(matrices, biases):
        z = x
        for matrix, bias in zip(matrices, biases, strict=True):
            z = ops.sigmoid(ops.matmul(z, matrix) + bias)
        return 0.5 * ops.mean(ops.sum((targets - z) ** 2, axis=-1))

    matrices, biases = [m for m, _ in layers], [b for _, b in layers]
    pairs = zip(*autodiff.grad(error, argnums=(0, 1))(matrices, biases), strict=True)
    return [ops.sqrt(ops.sum(m**2) + ops.sum(b**2)) for m, b in pairs]
