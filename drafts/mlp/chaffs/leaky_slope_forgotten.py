# caught by: activations/leaky-relu-derivative
# Copies the ReLU's derivative: 0 below 0.

# %% solution="leaky_relu"
def leaky_relu(x, slope):
    return ops.where(x < 0, slope * x, x)


def leaky_relu_derivative(x, slope):
    return ops.where(x < 0, 0.0, 1.0)
