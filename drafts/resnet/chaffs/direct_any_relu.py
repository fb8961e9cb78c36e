# caught by: stream/relus-on-the-direct-path
# One open ReLU is enough for it.


# %% solution="direct_gradient"
def direct_gradient(stream, order):
    if order != "sum_first":
        return ops.ones_like(stream[0])
    return ops.cast(ops.max(ops.stack(stream[1:]), axis=0) > 0, "float32")
