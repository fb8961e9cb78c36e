# caught by: activations/softplus-of-large-inputs
# log(1 + exp(x)) as it stands: exp overflows for large x.

# %% solution="softplus"
def softplus(x):
    return ops.log(1.0 + ops.exp(x))


def softplus_derivative(x):
    return ops.sigmoid(x)
