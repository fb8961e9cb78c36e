# caught by: transfer/new-head, transfer/features-kept
# Keeps the old head below the new one.


# %% solution="with_new_head"
def with_new_head(model, classes):
    start = keras.Input(model.input_shape[1:])
    return keras.Sequential([start, *model.layers, keras.layers.Dense(classes)])
