# caught by: transfer/old-model-unchanged
# Changes the old model.


# %% solution="with_new_head"
def with_new_head(model, classes):
    model.pop()
    model.add(keras.layers.Dense(classes))
    return model
