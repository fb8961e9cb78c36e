# caught by: transfer/last-layers-learn
# One layer fewer learns than was asked for.


# %% solution="freeze"
def freeze(model, last):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = True
    for layer in model.layers[: len(model.layers) - last + 1]:
        layer.trainable = False
    for layer in all_layers(model):
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
