# caught by: stream/whole-stream
# The list begins with what the first block returns.


# %% solution="stream"
def residual_stream(x, branches, order):
    stream = []
    for branch in branches:
        if order == "sum_first":
            x = ops.relu(x + branch(x))
        elif order == "relu_first":
            x = x + ops.relu(branch(x))
        else:
            x = x + branch(ops.relu(x))
        stream.append(x)
    return stream
