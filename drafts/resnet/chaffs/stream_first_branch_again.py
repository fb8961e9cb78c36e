# caught by: stream/each-branch-gets-the-last-output
# Uses the first branch in all blocks.


# %% solution="stream"
def residual_stream(x, branches, order):
    stream = [x]
    for branch in [branches[0]] * len(branches):
        if order == "sum_first":
            x = ops.relu(x + branch(x))
        elif order == "relu_first":
            x = x + ops.relu(branch(x))
        else:
            x = x + branch(ops.relu(x))
        stream.append(x)
    return stream
