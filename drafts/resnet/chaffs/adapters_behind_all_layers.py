# caught by: adapter/behind-each-convolution, adapter/one-for-each
# An adapter behind every layer.


# %% solution="with_adapters"
def with_adapters(model, make_adapter):
    adapted = [keras.Input(model.input_shape[1:])]
    for layer in model.layers:
        layer.trainable = False
        adapted.append(layer)
        if True:
            adapted.append(make_adapter())
    return keras.Sequential(adapted)
