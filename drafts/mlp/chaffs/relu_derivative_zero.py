# caught by: activations/relu-derivative
# Differentiates the constants of the two cases: 0 everywhere.

# %% solution="relu"
def relu(x):
    return ops.maximum(x, 0.0)


def relu_derivative(x):
    return ops.zeros_like(x)
