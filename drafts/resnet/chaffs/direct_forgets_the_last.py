# caught by: stream/relus-on-the-direct-path
# Leaves the last ReLU out.


# %% solution="direct_gradient"
def direct_gradient(stream, order):
    gradient = ops.ones_like(stream[0])
    if order == "sum_first":
        for x in stream[1:-1]:
            gradient = gradient * ops.cast(x > 0, "float32")
    return gradient
