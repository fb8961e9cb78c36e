# caught by: activations/softplus, activations/softplus-of-large-inputs
# Takes the logarithm to base 2.

# %% solution="softplus"
def softplus(x):
    return ops.logaddexp(x, ops.zeros_like(x)) / np.log(2.0)


def softplus_derivative(x):
    return ops.sigmoid(x)
