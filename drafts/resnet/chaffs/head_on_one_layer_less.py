# caught by: transfer/new-head, transfer/features-kept
# Takes two layers off.


# %% solution="with_new_head"
def with_new_head(model, classes):
    start = keras.Input(model.input_shape[1:])
    return keras.Sequential([start, *model.layers[:-2], keras.layers.Dense(classes)])
