# caught by: stream/nothing-on-the-direct-path
# Looks for ReLUs on the direct path of every order.


# %% solution="direct_gradient"
def direct_gradient(stream, order):
    gradient = ops.ones_like(stream[0])
    if order:
        for x in stream[1:]:
            gradient = gradient * ops.cast(x > 0, "float32")
    return gradient
