# caught by: adapter/only-adapters-learn
# Freezes the adapters, too.


# %% solution="with_adapters"
def with_adapters(model, make_adapter):
    adapted = [keras.Input(model.input_shape[1:])]
    for layer in model.layers:
        layer.trainable = False
        adapted.append(layer)
        if isinstance(layer, keras.layers.Conv2D):
            adapted.append(make_adapter())
    model = keras.Sequential(adapted)
    model.trainable = False
    return model
