# caught by: conditional/discriminator-sees-the-label
# Judges the image alone.

# %% solution="build_discriminator"
def build_discriminator(classes):
    images = keras.Input((8, 8, 1))
    labels = keras.Input((), dtype="int32")
    x = keras.layers.Flatten()(images)
    x = keras.layers.Dense(128, activation="leaky_relu")(x)
    row = keras.layers.Embedding(classes, 128)(labels)
    of_label = ops.sum(row * x, axis=1, keepdims=True)
    return keras.Model([images, labels], keras.layers.Dense(1)(x) + 0.0 * of_label)
