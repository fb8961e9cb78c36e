# caught by: adapter/only-adapters-learn
# Freezes the convolutions and leaves the norms and the head trainable.


# %% solution="with_adapters"
def with_adapters(model, make_adapter):
    adapted = [keras.Input(model.input_shape[1:])]
    for layer in model.layers:
        layer.trainable = not isinstance(layer, keras.layers.Conv2D)
        adapted.append(layer)
        if isinstance(layer, keras.layers.Conv2D):
            adapted.append(make_adapter())
    return keras.Sequential(adapted)
