# caught by: activations/leaky-relu
# Takes the absolute value below 0: the leak has the wrong sign.

# %% solution="leaky_relu"
def leaky_relu(x, slope):
    return ops.where(x < 0, slope * ops.abs(x), x)


def leaky_relu_derivative(x, slope):
    return ops.where(x < 0, slope, 1.0)
