# caught by: gradients/factor-per-layer
# The factor on the way forward.


# %% solution="gradient_norms"
def gradient_norms(x, targets, weights, residual):

    def error(weights):
        h = x
        for w in weights:
            step = ops.tanh(ops.matmul(h, w))
            h = h + step if residual else step
        return ops.sum((h - targets) ** 2) / (2 * x.shape[0])

    gradients = autodiff.grad(error)(list(weights))
    return [float(ops.sqrt(ops.sum(gradient**2))) for gradient in gradients]


def factor_per_layer(norms):
    norms = ops.convert_to_numpy(norms)
    return float(norms[-1] / norms[0]) ** (1 / (len(norms) - 1))
