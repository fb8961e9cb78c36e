# caught by: gradients/residual-chain
# Backpropagation by hand that forgets the way past the branch.


# %% solution="gradient_norms"
def gradient_norms(x, targets, weights, residual):
    states, steps = [x], []
    for w in weights:
        steps.append(ops.tanh(ops.matmul(states[-1], w)))
        states.append(states[-1] + steps[-1] if residual else steps[-1])
    g = (states[-1] - targets) / x.shape[0]
    norms = []
    for n in reversed(range(len(weights))):
        delta = g * (1 - steps[n] ** 2)
        slope = ops.matmul(ops.transpose(states[n]), delta)
        norms.insert(0, ops.sqrt(ops.sum(slope**2)))
        g = ops.matmul(delta, ops.transpose(weights[n]))
    return norms


def factor_per_layer(norms):
    norms = ops.convert_to_numpy(norms)
    return float(norms[0] / norms[-1]) ** (1 / (len(norms) - 1))
