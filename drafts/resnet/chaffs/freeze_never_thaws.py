# caught by: transfer/thaws
# Never sets anything trainable.


# %% solution="freeze"
def freeze(model, last):
    for layer in model.layers[: len(model.layers) - last]:
        layer.trainable = False
    for layer in all_layers(model):
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
