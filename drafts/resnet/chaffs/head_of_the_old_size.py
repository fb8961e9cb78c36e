# caught by: transfer/new-head, transfer/features-kept
# As many classes as the old model.


# %% solution="with_new_head"
def with_new_head(model, classes):
    start = keras.Input(model.input_shape[1:])
    return keras.Sequential(
        [start, *model.layers[:-1], keras.layers.Dense(model.output_shape[-1])]
    )
