# caught by: transfer/last-layers-learn
# The model itself stays frozen.


# %% solution="freeze"
def freeze(model, last):
    model.trainable = False
    for layer in model.layers[len(model.layers) - last :]:
        layer.trainable = not isinstance(layer, keras.layers.BatchNormalization)
    for layer in all_layers(model):
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
