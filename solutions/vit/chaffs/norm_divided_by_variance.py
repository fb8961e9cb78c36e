# caught by: block/norm-variance
# Divides by the variance and not by its root.

# %% solution="layer_norm"
def layer_norm(x, gamma, beta):
    centred = x - ops.mean(x, axis=-1, keepdims=True)
    variance = ops.mean(centred**2, axis=-1, keepdims=True)
    return gamma * centred / (variance + 1e-5) + beta
