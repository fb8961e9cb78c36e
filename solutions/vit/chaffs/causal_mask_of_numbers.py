# caught by: masks/causal
# Gives ones and zeros in place of booleans.

# %% solution="masks"
def causal_mask(tokens):
    return ops.convert_to_tensor(np.tri(tokens, dtype="float32"))


def padding_mask(lengths, tokens):
    return ops.arange(tokens) < ops.expand_dims(ops.cast(lengths, "int32"), 1)
