# caught by: transfer/norms-are-frozen
# Batch normalisations among the last layers learn.


# %% solution="freeze"
def freeze(model, last):
    model.trainable = True
    for layer in model.layers:
        layer.trainable = True
    for layer in model.layers[: len(model.layers) - last]:
        layer.trainable = False
