# caught by: adapter/one-for-each
# One adapter for all convolutions.


# %% solution="with_adapters"
def with_adapters(model, make_adapter):
    adapter = make_adapter()
    x = inputs = keras.Input(model.input_shape[1:])
    for layer in model.layers:
        layer.trainable = False
        x = layer(x)
        if isinstance(layer, keras.layers.Conv2D):
            x = adapter(x)
    return keras.Model(inputs, x)
