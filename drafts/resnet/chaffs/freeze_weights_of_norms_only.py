# caught by: transfer/norms-are-frozen
# Freezes gamma and beta, so that the running averages still move.


# %% solution="freeze"
def freeze(model, last):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = True
    for layer in model.layers[: len(model.layers) - last]:
        layer.trainable = False
    for layer in all_layers(model):
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = True
            layer.gamma.trainable = layer.beta.trainable = False
