# caught by: stream/relu-first
# In the second order the sum goes through a ReLU, too.


# %% solution="stream"
def residual_stream(x, branches, order):
    stream = [x]
    for branch in branches:
        if order == "sum_first":
            x = ops.relu(x + branch(x))
        elif order == "relu_first":
            x = ops.relu(x + ops.relu(branch(x)))
        else:
            x = x + branch(ops.relu(x))
        stream.append(x)
    return stream
