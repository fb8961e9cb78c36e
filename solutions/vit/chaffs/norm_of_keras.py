# caught by: block/norm-of-each-token-alone, block/norm-variance, block/norm-scale-and-shift, block/norm-epsilon
# Calls the layer of Keras, which the problem forbids.

# %% solution="layer_norm"
def layer_norm(x, gamma, beta):
    layer = keras.layers.LayerNormalization(epsilon=1e-5)
    layer.build(x.shape)
    layer.set_weights([ops.convert_to_numpy(part) for part in (gamma, beta)])
    return layer(x)
