# caught by: generation/attribute-direction
# Without minus with.

# %% solution="attribute_direction"
def attribute_direction(codes, has):
    codes, has = ops.convert_to_numpy(codes), ops.convert_to_numpy(has)
    return codes[has == 0].mean(axis=0) - codes[has == 1].mean(axis=0)
