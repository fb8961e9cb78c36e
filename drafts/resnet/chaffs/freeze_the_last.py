# caught by: transfer/last-layers-learn, transfer/rest-is-frozen, transfer/none-and-all
# Freezes the last layers and trains the others.


# %% solution="freeze"
def freeze(model, last):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = True
    for layer in model.layers[len(model.layers) - last :]:
        layer.trainable = False
    for layer in all_layers(model):
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
