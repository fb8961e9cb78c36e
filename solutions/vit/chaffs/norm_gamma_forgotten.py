# caught by: block/norm-scale-and-shift
# Shifts and does not scale.

# %% solution="layer_norm"
def layer_norm(x, gamma, beta):
    centred = x - ops.mean(x, axis=-1, keepdims=True)
    variance = ops.mean(centred**2, axis=-1, keepdims=True)
    return centred / ops.sqrt(variance + 1e-5) + beta
