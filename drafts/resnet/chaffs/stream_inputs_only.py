# caught by: stream/whole-stream
# Lists what each block receives, so that the last output is missing.


# %% solution="stream"
def residual_stream(x, branches, order):
    stream = []
    for branch in branches:
        stream.append(x)
        if order == "sum_first":
            x = ops.relu(x + branch(x))
        elif order == "relu_first":
            x = x + ops.relu(branch(x))
        else:
            x = x + branch(ops.relu(x))
    return stream
