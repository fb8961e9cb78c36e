# caught by: stream/sum-first, stream/relu-first, stream/pre-activation
# Branches one after the other, and no shortcut.


# %% solution="stream"
def residual_stream(x, branches, order):
    stream = [x]
    for branch in branches:
        if order == "sum_first":
            x = ops.relu(branch(x))
        elif order == "relu_first":
            x = ops.relu(branch(x))
        else:
            x = branch(ops.relu(x))
        stream.append(x)
    return stream
