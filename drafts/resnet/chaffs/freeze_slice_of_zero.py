# caught by: transfer/none-and-all
# model.layers[:-last] is empty for last = 0.


# %% solution="freeze"
def freeze(model, last):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = True
    for layer in model.layers[:-last]:
        layer.trainable = False
    for layer in all_layers(model):
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
