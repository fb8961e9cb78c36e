# caught by: adapter/behind-each-convolution
# The adapters stand in front of the convolutions.


# %% solution="with_adapters"
def with_adapters(model, make_adapter):
    adapted = [keras.Input(model.input_shape[1:])]
    for layer in model.layers:
        layer.trainable = False
        if isinstance(layer, keras.layers.Conv2D):
            adapted.append(make_adapter())
        adapted.append(layer)
    return keras.Sequential(adapted)
