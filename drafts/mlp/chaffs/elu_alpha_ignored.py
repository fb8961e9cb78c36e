# caught by: activations/elu, activations/elu-derivative
# Takes alpha for 1, as most libraries do.

# %% solution="elu"
def elu(x, alpha):
    return ops.where(x < 0, ops.exp(x) - 1.0, x)


def elu_derivative(x, alpha):
    return ops.where(x < 0, ops.exp(x), 1.0)
