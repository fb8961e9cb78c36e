# caught by: activations/relu
# Turns negative inputs around, instead of stopping them.

# %% solution="relu"
def relu(x):
    return ops.abs(x)


def relu_derivative(x):
    return ops.where(x < 0, 0.0, 1.0)
