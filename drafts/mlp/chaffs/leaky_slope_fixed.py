# caught by: activations/leaky-relu, activations/leaky-relu-derivative
# Uses the usual slope 0.01 in place of the argument.

# %% solution="leaky_relu"
def leaky_relu(x, slope):
    return ops.maximum(0.01 * x, x)


def leaky_relu_derivative(x, slope):
    return ops.where(x < 0, 0.01, 1.0)
