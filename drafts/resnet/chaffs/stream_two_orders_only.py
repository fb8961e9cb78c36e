# caught by: stream/pre-activation
# Knows two orders and takes the third for the second.


# %% solution="stream"
def residual_stream(x, branches, order):
    stream = [x]
    for branch in branches:
        if order == "sum_first":
            x = ops.relu(x + branch(x))
        else:
            x = x + ops.relu(branch(x))
        stream.append(x)
    return stream
