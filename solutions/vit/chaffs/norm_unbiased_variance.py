# caught by: block/norm-variance
# Divides the sum of squares by d - 1.

# %% solution="layer_norm"
def layer_norm(x, gamma, beta):
    centred = x - ops.mean(x, axis=-1, keepdims=True)
    variance = ops.sum(centred**2, axis=-1, keepdims=True) / (x.shape[-1] - 1)
    return gamma * centred / ops.sqrt(variance + 1e-5) + beta
