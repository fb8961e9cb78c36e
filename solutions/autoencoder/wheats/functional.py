# The functional API: noise as a layer, early stopping, another activation and width.

# %% solution="build_autoencoder"
def build_autoencoder(sizes):
    halves = []
    for order in (tuple(sizes), tuple(reversed(sizes))):
        x = inputs = keras.Input(shape=(order[0],))
        for i, size in enumerate(order[1:], start=1):
            last = i == len(order) - 1
            x = keras.layers.Dense(size)(x)
            x = x if last else keras.layers.LeakyReLU(negative_slope=0.1)(x)
        halves.append(keras.Model(inputs, x))
    return halves


# %% solution="denoising_loss"
def denoising_loss(reconstruct, x, noise):
    cleaned = reconstruct(x + noise)
    features = x.shape[1]
    return features * ops.mean(keras.losses.mean_squared_error(x, cleaned))


# %% solution="train_denoiser"
def train_denoiser(x, noise_level, seed):
    kerasdl.seed(seed)
    inputs = keras.Input((64,))
    y = keras.layers.GaussianNoise(noise_level)(inputs)
    y = keras.layers.Dense(96, activation="relu")(y)
    y = keras.layers.Dense(64, activation="sigmoid")(y)
    model = keras.Model(inputs, y)
    model.compile(keras.optimizers.Adam(0.01), loss="binary_crossentropy")
    stop = keras.callbacks.EarlyStopping(
        monitor="loss", patience=3, restore_best_weights=True
    )
    model.fit(x, x, batch_size=50, epochs=12, callbacks=[stop], verbose=0)
    return model


# %% solution="train_linear"
def train_linear(x, dim, seed, gradients):
    """Two Dense layers without bias, Adam with a falling rate, the whole table."""
    x = ops.convert_to_numpy(x)
    mean = x.mean(axis=0, keepdims=True)
    kerasdl.seed(seed)
    features = x.shape[1]
    inputs = keras.Input((features,))
    encoder = keras.layers.Dense(dim, use_bias=False)
    decoder = keras.layers.Dense(features, use_bias=False)
    model = keras.Model(inputs, decoder(encoder(inputs)))
    rate = keras.optimizers.schedules.CosineDecay(0.1, 300)
    model.compile(keras.optimizers.Adam(rate), loss="mse")
    rows = np.tile(x - mean, (300, 1))
    model.fit(rows, rows, batch_size=len(x), shuffle=False, verbose=0)
    return mean[0], encoder.kernel, decoder.kernel


# %% solution="interpolate"
def interpolate(encode, decode, first, second, steps):
    both = ops.reshape(ops.concatenate([first, second]), (2, -1))
    start, stop = ops.split(encode(both)[0], 2, axis=0)
    shares = [n / (steps - 1) for n in range(steps)]
    rows = [decode((1 - s) * start + s * stop) for s in shares]
    return ops.sigmoid(ops.concatenate(rows, axis=0))
