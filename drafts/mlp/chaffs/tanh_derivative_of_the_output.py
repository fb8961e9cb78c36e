# caught by: activations/tanh-derivative
# Takes the argument for tanh's output: 1 minus its own square.

# %% solution="saturating"
def tanh_derivative(x):
    return 1.0 - x * x


def arctan_derivative(x):
    return 1.0 / (x * x + 1.0)
