# caught by: activations/softplus-derivative
# A hard step, where the smooth ReLU has a smooth one.

# %% solution="softplus"
def softplus(x):
    return ops.logaddexp(x, ops.zeros_like(x))


def softplus_derivative(x):
    return ops.where(x > 0, 1.0, 0.0)
