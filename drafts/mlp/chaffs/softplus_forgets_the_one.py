# caught by: activations/softplus
# log(exp(x)) is x; for negative x it is even below 0.

# %% solution="softplus"
def softplus(x):
    return ops.where(x > 50, x, ops.where(x < -50, 0.0, x))


def softplus_derivative(x):
    return ops.sigmoid(x)
