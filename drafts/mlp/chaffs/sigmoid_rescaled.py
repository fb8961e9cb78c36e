# caught by: activations/sigmoid, activations/large-inputs
# The bipolar sigmoid, from -1 to 1, in place of the logistic one.

# %% solution="sigmoid"
def sigmoid(x):
    return 2.0 / (1.0 + ops.exp(-x)) - 1.0


def sigmoid_derivative(x):
    output = 1.0 / (1.0 + ops.exp(-x))
    return output * (1.0 - output)
