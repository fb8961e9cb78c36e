# caught by: block/norm-epsilon
# Divides by 0 where all features are equal.

# %% solution="layer_norm"
def layer_norm(x, gamma, beta):
    centred = x - ops.mean(x, axis=-1, keepdims=True)
    variance = ops.mean(centred**2, axis=-1, keepdims=True)
    return gamma * centred / ops.sqrt(variance) + beta
