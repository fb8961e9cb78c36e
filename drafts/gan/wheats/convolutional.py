# Functional networks of convolutions; the label as planes, and multiplied in.


# %% solution="build_generator"
def build_generator(noise_size, classes):
    noise, labels = keras.Input((noise_size,)), keras.Input((), dtype="int32")
    gates = keras.layers.Embedding(classes, 4 * 4 * 6)(labels)
    h = keras.layers.Dense(4 * 4 * 6)(noise)
    h = keras.layers.Add()([h, gates])
    h = keras.layers.LeakyReLU()(h)
    h = keras.layers.Reshape((4, 4, 6))(h)
    h = keras.layers.Conv2DTranspose(8, 4, strides=2, padding="same")(h)
    h = keras.layers.LayerNormalization()(h)
    h = keras.layers.ReLU()(h)
    head = keras.layers.Conv2D(1, 3, padding="same", activation="sigmoid")
    return keras.Model(inputs=[noise, labels], outputs=2.0 * head(h) - 1.0)


# %% solution="build_discriminator"
def build_discriminator(classes):
    images, labels = keras.Input((8, 8, 1)), keras.Input((), dtype="int32")
    plane = keras.layers.Embedding(classes, 64)(labels)
    h = keras.layers.Concatenate()([images, keras.layers.Reshape((8, 8, 1))(plane)])
    h = keras.layers.Conv2D(8, 3, strides=2, padding="same")(h)
    h = keras.layers.LeakyReLU(0.2)(h)
    h = keras.layers.Dropout(0.3)(keras.layers.Flatten()(h))
    return keras.Model([images, labels], keras.layers.Dense(1)(h))


# %% solution="conditional_losses"
def conditional_losses(generator, discriminator, images, labels, noise):
    made = generator([noise, labels])
    real = ops.log_sigmoid(discriminator([images, labels]))
    fake = discriminator([made, labels])
    fooled = -ops.mean(ops.log_sigmoid(fake))
    return -ops.mean(real + ops.log_sigmoid(-fake)), fooled


# %% solution="discriminator_loss"
def discriminator_loss(real_logits, fake_logits):
    logits = ops.concatenate([-real_logits, fake_logits])
    shares = ops.concatenate(
        [
            ops.ones_like(real_logits) / real_logits.shape[0],
            ops.ones_like(fake_logits) / fake_logits.shape[0],
        ]
    )
    return ops.sum(shares * ops.softplus(logits))


# %% solution="wasserstein"
def wasserstein(x, y):
    from scipy.stats import wasserstein_distance

    return wasserstein_distance(ops.convert_to_numpy(x), ops.convert_to_numpy(y))
