# caught by: conditional/label-matters
# Takes the label and does not use it.

# %% solution="build_generator"
def build_generator(noise_size, classes):
    noise = keras.Input((noise_size,))
    labels = keras.Input((), dtype="int32")
    one_hot = ops.one_hot(labels, classes)
    x = keras.layers.Concatenate()([noise, 0.0 * one_hot])
    x = keras.layers.Dense(128, activation="relu")(x)
    x = keras.layers.Dense(64, activation="tanh")(x)
    return keras.Model([noise, labels], keras.layers.Reshape((8, 8, 1))(x))
