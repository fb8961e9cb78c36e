# caught by: stream/the-input-passes-no-relu
# Takes the input for the output of a ReLU.


# %% solution="direct_gradient"
def direct_gradient(stream, order):
    gradient = ops.ones_like(stream[0])
    if order == "sum_first":
        for x in stream:
            gradient = gradient * ops.cast(x > 0, "float32")
    return gradient
