# caught by: activations/large-inputs
# exp(x) / (1 + exp(x)) is infinity over infinity for large x.

# %% solution="sigmoid"
def sigmoid(x):
    return ops.exp(x) / (1.0 + ops.exp(x))


def sigmoid_derivative(x):
    return sigmoid(x) * (1.0 - sigmoid(x))
