# caught by: stream/pre-activation
# In the third order the shortcut starts behind the ReLU.


# %% solution="stream"
def residual_stream(x, branches, order):
    stream = [x]
    for branch in branches:
        if order == "sum_first":
            x = ops.relu(x + branch(x))
        elif order == "relu_first":
            x = x + ops.relu(branch(x))
        else:
            x = ops.relu(x)
            x = x + branch(x)
        stream.append(x)
    return stream
