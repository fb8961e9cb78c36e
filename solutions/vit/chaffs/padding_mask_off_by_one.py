# caught by: masks/padding
# One token too many.

# %% solution="masks"
def causal_mask(tokens):
    places = ops.arange(tokens)
    return ops.expand_dims(places, 1) >= ops.expand_dims(places, 0)


def padding_mask(lengths, tokens):
    return ops.arange(tokens) <= ops.expand_dims(ops.cast(lengths, "int32"), 1)
