# caught by: activations/elu
# Forgets the - 1: the two halves do not meet at 0.

# %% solution="elu"
def elu(x, alpha):
    return ops.where(x < 0, alpha * ops.exp(x), x)


def elu_derivative(x, alpha):
    return ops.where(x < 0, alpha * ops.exp(x), 1.0)
