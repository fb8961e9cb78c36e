# caught by: activations/sigmoid
# Half of 1 + tanh(x), which is the sigmoid of 2 x.

# %% solution="sigmoid"
def sigmoid(x):
    return 0.5 * (1.0 + ops.tanh(x))


def sigmoid_derivative(x):
    output = 1.0 / (1.0 + ops.exp(-x))
    return output * (1.0 - output)
