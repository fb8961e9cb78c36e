# caught by: block/norm-of-each-token-alone
# Divides by the deviation and forgets the mean.

# %% solution="layer_norm"
def layer_norm(x, gamma, beta):
    centred = x - ops.mean(x, axis=-1, keepdims=True)
    variance = ops.mean(centred**2, axis=-1, keepdims=True)
    return gamma * x / ops.sqrt(variance + 1e-5) + beta
