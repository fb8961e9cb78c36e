# caught by: adapter/behind-each-convolution
# Puts an adapter behind a norm that follows a convolution.


# %% solution="with_adapters"
def with_adapters(model, make_adapter):
    adapted = [keras.Input(model.input_shape[1:])]
    waiting = False
    for layer in model.layers:
        layer.trainable = False
        if waiting and not isinstance(layer, keras.layers.BatchNormalization):
            adapted.append(make_adapter())
            waiting = False
        adapted.append(layer)
        if waiting:
            adapted.append(make_adapter())
        waiting = isinstance(layer, keras.layers.Conv2D)
    return keras.Sequential(adapted)
