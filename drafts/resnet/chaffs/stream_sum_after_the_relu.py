# caught by: stream/sum-first
# In the first order the ReLU sees the branch alone.


# %% solution="stream"
def residual_stream(x, branches, order):
    stream = [x]
    for branch in branches:
        if order == "sum_first":
            x = x + ops.relu(branch(x))
        elif order == "relu_first":
            x = x + ops.relu(branch(x))
        else:
            x = x + branch(ops.relu(x))
        stream.append(x)
    return stream
