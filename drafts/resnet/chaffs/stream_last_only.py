# caught by: stream/sum-first, stream/relu-first, stream/pre-activation, stream/each-branch-gets-the-last-output, stream/whole-stream
# Returns the last tensor, in a list.


# %% solution="stream"
def residual_stream(x, branches, order):
    stream = [x]
    for branch in branches:
        if order == "sum_first":
            x = ops.relu(x + branch(x))
        elif order == "relu_first":
            x = x + ops.relu(branch(x))
        else:
            x = x + branch(ops.relu(x))
        stream.append(x)
    return stream[-1:]
