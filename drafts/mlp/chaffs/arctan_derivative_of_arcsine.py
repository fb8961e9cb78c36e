# caught by: activations/arctan-derivative
# A root over 1 + x^2, from the row of another function.

# %% solution="saturating"
def tanh_derivative(x):
    return 1.0 - ops.tanh(x) ** 2


def arctan_derivative(x):
    return 1.0 / ops.sqrt(x * x + 1.0)
