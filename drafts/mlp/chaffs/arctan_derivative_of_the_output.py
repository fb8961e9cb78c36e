# caught by: activations/arctan-derivative
# Puts arctan(x) where x belongs.

# %% solution="saturating"
def tanh_derivative(x):
    return 1.0 - ops.tanh(x) ** 2


def arctan_derivative(x):
    return 1.0 / (ops.arctan(x) ** 2 + 1.0)
