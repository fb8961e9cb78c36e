# caught by: transfer/rest-is-frozen
# Freezes batch normalisations and nothing else.


# %% solution="freeze"
def freeze(model, last):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = True
    for layer in all_layers(model):
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
