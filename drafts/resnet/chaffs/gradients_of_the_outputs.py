# caught by: gradients/plain-chain, gradients/residual-chain, gradients/first-layer-first, gradients/size-of-the-norms
# One norm, of the gradient of the input.


# %% solution="gradient_norms"
def gradient_norms(x, targets, weights, residual):

    def error(weights):
        h = x
        for w in weights:
            step = ops.tanh(ops.matmul(h, w))
            h = h + step if residual else step
        return ops.sum((h - targets) ** 2) / (2 * x.shape[0])

    gradients = [autodiff.grad(lambda w: error([w, *weights[1:]]))(weights[0])]
    return [float(ops.sqrt(ops.sum(gradient**2))) for gradient in gradients]


def factor_per_layer(norms):
    norms = ops.convert_to_numpy(norms)
    return float(norms[0] / norms[-1]) ** (1 / (len(norms) - 1))
