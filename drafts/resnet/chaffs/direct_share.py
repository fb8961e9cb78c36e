# caught by: stream/relus-on-the-direct-path, stream/the-input-passes-no-relu, stream/nothing-on-the-direct-path
# Returns the share that passes, one number.


# %% solution="direct_gradient"
def direct_gradient(stream, order):
    gradient = ops.ones_like(stream[0])
    if order == "sum_first":
        for x in stream[1:]:
            gradient = gradient * ops.cast(x > 0, "float32")
    return ops.mean(gradient)
