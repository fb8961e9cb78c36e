# caught by: adapter/layers-with-their-weights
# Clones the layers, which gives them new weights.


# %% solution="with_adapters"
def with_adapters(model, make_adapter):
    model = keras.models.clone_model(model)
    adapted = [keras.Input(model.input_shape[1:])]
    for layer in model.layers:
        layer.trainable = False
        adapted.append(layer)
        if isinstance(layer, keras.layers.Conv2D):
            adapted.append(make_adapter())
    return keras.Sequential(adapted)
