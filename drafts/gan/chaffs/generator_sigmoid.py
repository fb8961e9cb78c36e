# caught by: conditional/images
# Images from 0 to 1.

# %% solution="build_generator"
def build_generator(noise_size, classes):
    noise = keras.Input((noise_size,))
    labels = keras.Input((), dtype="int32")
    one_hot = ops.one_hot(labels, classes)
    x = keras.layers.Concatenate()([noise, one_hot])
    x = keras.layers.Dense(128, activation="relu")(x)
    x = keras.layers.Dense(64, activation="sigmoid")(x)
    return keras.Model([noise, labels], keras.layers.Reshape((8, 8, 1))(x))
