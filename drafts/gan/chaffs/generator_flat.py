# caught by: conditional/images
# Rows of 64 numbers.

# %% solution="build_generator"
def build_generator(noise_size, classes):
    noise = keras.Input((noise_size,))
    labels = keras.Input((), dtype="int32")
    one_hot = ops.one_hot(labels, classes)
    x = keras.layers.Concatenate()([noise, one_hot])
    x = keras.layers.Dense(128, activation="relu")(x)
    x = keras.layers.Dense(64, activation="tanh")(x)
    return keras.Model([noise, labels], x)
