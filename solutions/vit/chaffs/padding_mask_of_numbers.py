# caught by: masks/padding
# Gives ones and zeros in place of booleans.

# %% solution="masks"
def causal_mask(tokens):
    places = ops.arange(tokens)
    return ops.expand_dims(places, 1) >= ops.expand_dims(places, 0)


def padding_mask(lengths, tokens):
    there = ops.arange(tokens) < ops.expand_dims(ops.cast(lengths, "int32"), 1)
    return ops.cast(there, "float32")
