# caught by: transfer/features-kept
# Clones the layers, which gives them new weights.


# %% solution="with_new_head"
def with_new_head(model, classes):
    model = keras.models.clone_model(model)
    start = keras.Input(model.input_shape[1:])
    return keras.Sequential([start, *model.layers[:-1], keras.layers.Dense(classes)])
