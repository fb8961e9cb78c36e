# caught by: layer/output-shapes, layer/weights, layer/product, layer/activation, layer/random-start
# Hands everything to keras.layers.Dense, which is not allowed.

# %% solution="dense"
class DenseLayer(keras.layers.Dense):
    pass
