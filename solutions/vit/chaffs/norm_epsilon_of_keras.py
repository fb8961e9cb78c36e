# caught by: block/norm-epsilon
# Takes the epsilon of Keras, which is smaller.

# %% solution="layer_norm"
def layer_norm(x, gamma, beta):
    centred = x - ops.mean(x, axis=-1, keepdims=True)
    variance = ops.mean(centred**2, axis=-1, keepdims=True)
    return gamma * centred / ops.sqrt(variance + keras.config.epsilon()) + beta
