# caught by: stream/pre-activation
# The third order has no ReLU at all.


# %% solution="stream"
def residual_stream(x, branches, order):
    stream = [x]
    for branch in branches:
        if order == "sum_first":
            x = ops.relu(x + branch(x))
        elif order == "relu_first":
            x = x + ops.relu(branch(x))
        else:
            x = x + branch(x)
        stream.append(x)
    return stream
