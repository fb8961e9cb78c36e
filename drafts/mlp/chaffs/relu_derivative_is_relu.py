# caught by: activations/relu-derivative
# Keeps x where the slope is 1.

# %% solution="relu"
def relu(x):
    return ops.where(x > 0, x, 0.0)


def relu_derivative(x):
    return ops.where(x > 0, x, 0.0)
