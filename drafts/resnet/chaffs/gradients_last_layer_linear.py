# caught by: gradients/plain-chain, gradients/residual-chain, gradients/size-of-the-norms
# No tanh in the last layer.


# %% solution="gradient_norms"
def gradient_norms(x, targets, weights, residual):

    def error(weights):
        h = x
        for n, w in enumerate(weights):
            step = ops.matmul(h, w)
            step = step if n == len(weights) - 1 else ops.tanh(step)
            h = h + step if residual else step
        return ops.sum((h - targets) ** 2) / (2 * x.shape[0])

    gradients = autodiff.grad(error)(list(weights))
    return [float(ops.sqrt(ops.sum(gradient**2))) for gradient in gradients]


def factor_per_layer(norms):
    norms = ops.convert_to_numpy(norms)
    return float(norms[0] / norms[-1]) ** (1 / (len(norms) - 1))
