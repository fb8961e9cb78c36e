# caught by: activations/tanh-derivative
# 1 - f(x), without the square.

# %% solution="saturating"
def tanh_derivative(x):
    return 1.0 - ops.tanh(x)


def arctan_derivative(x):
    return 1.0 / (x * x + 1.0)
