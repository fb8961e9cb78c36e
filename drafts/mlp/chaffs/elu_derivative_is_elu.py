# caught by: activations/elu-derivative
# Leaves out the + alpha: f(x) itself below 0.

# %% solution="elu"
def elu(x, alpha):
    return ops.where(x < 0, alpha * (ops.exp(x) - 1.0), x)


def elu_derivative(x, alpha):
    return ops.where(x < 0, alpha * (ops.exp(x) - 1.0), 1.0)
