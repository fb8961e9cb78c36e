# caught by: transfer/new-head
# The new head ends in a softmax.


# %% solution="with_new_head"
def with_new_head(model, classes):
    start = keras.Input(model.input_shape[1:])
    return keras.Sequential(
        [start, *model.layers[:-1], keras.layers.Dense(classes, activation="softmax")]
    )
