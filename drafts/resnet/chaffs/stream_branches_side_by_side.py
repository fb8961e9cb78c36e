# caught by: stream/each-branch-gets-the-last-output
# Every branch gets the first x.


# %% solution="stream"
def residual_stream(x, branches, order):
    stream, start = ([x], x)
    for branch in branches:
        if order == "sum_first":
            x = ops.relu(x + branch(start))
        elif order == "relu_first":
            x = x + ops.relu(branch(start))
        else:
            x = x + branch(ops.relu(start))
        stream.append(x)
    return stream
