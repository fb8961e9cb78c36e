# Other ways of training that the text leaves open: tied starts, decay, absolute errors.

# %% solution="train_linear"
def train_linear(x, dim, seed, gradients):
    """Starts with tied matrices; the rate falls; half the table at a time."""
    table = ops.convert_to_numpy(x)
    mean = np.mean(table, axis=0)
    centred = (table - mean).astype("float32")
    rng = np.random.default_rng(seed)
    encoder = rng.normal(0, 0.3, (table.shape[1], dim)).astype("float32")
    decoder = encoder.T.copy()
    for step in range(1500):
        rows = centred if step > 300 else centred[step % 2 :: 2]
        changes = gradients(encoder, decoder, rows)
        rate = np.float32(0.2 if step < 1000 else 0.1)
        encoder, decoder = encoder - rate * changes[0], decoder - rate * changes[1]
    return mean, encoder, decoder


# %% solution="train_denoiser"
def train_denoiser(x, noise_level, seed):
    """Two hidden layers, Huber loss, other noise in each of five epochs."""
    kerasdl.seed(seed)
    layers = keras.layers
    model = keras.Sequential(
        [
            layers.Dense(150, activation="gelu"),
            layers.Dense(64, activation="gelu"),
            layers.Dense(64),
        ]
    )
    model.compile(keras.optimizers.AdamW(0.004), loss=keras.losses.Huber(0.3))
    rng = np.random.default_rng(seed)
    for _ in range(5):
        noisy = x + noise_level * rng.standard_normal(x.shape)
        model.fit(noisy, x, batch_size=32, epochs=1, verbose=0)
    return lambda noisy: ops.clip(model(noisy), 0.0, 1.0)


# %% solution="build_autoencoder"
def build_autoencoder(sizes):
    encoder = keras.Sequential(name="encoder")
    decoder = keras.Sequential(name="decoder")
    for model, order in ((encoder, sizes), (decoder, sizes[::-1])):
        model.add(keras.layers.InputLayer(shape=(order[0],)))
        for size in order[1:-1]:
            model.add(keras.layers.Dense(size))
            model.add(keras.layers.Activation("elu"))
        model.add(keras.layers.Dense(order[-1], activation="linear"))
    return (encoder, decoder)


# %% solution="sample_latent"
def sample_latent(mean, log_variance, noise):
    variance = ops.exp(log_variance)
    return ops.add(mean, ops.multiply(variance**0.5, noise))


# %% solution="kl_divergence"
def kl_divergence(mean, log_variance):
    pieces = 1.0 + log_variance - ops.power(mean, 2.0) - ops.exp(log_variance)
    return -ops.sum(pieces, axis=1) / 2.0


# %% solution="vae_loss"
def vae_loss(likelihood, kl, beta):
    elbo = likelihood - beta * kl
    return -ops.sum(elbo) / elbo.shape[0]


# %% solution="attribute_direction"
def attribute_direction(codes, has):
    numbers = ops.convert_to_numpy(has)
    with_it = ops.take(codes, np.flatnonzero(numbers), axis=0)
    without = ops.take(codes, np.flatnonzero(1 - numbers), axis=0)
    return ops.mean(with_it, axis=0) - ops.mean(without, axis=0)
