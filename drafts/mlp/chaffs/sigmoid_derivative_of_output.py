# caught by: activations/sigmoid-derivative
# Takes the argument for the sigmoid's output: s (1 - s) of the input itself.

# %% solution="sigmoid"
def sigmoid(x):
    return 1.0 / (1.0 + ops.exp(-x))


def sigmoid_derivative(x):
    return x * (1.0 - x)
