# Subclasses of keras.Model and keras.Layer; a training step of its own.

# %% solution="build_autoencoder"
class Half(keras.Model):
    def __init__(self, sizes):
        super().__init__()
        self.hidden = [keras.layers.Dense(size, "sigmoid") for size in sizes[1:-1]]
        self.out = keras.layers.Dense(sizes[-1])
        self.build((None, sizes[0]))

    def build(self, input_shape):
        for layer in (*self.hidden, self.out):
            layer.build(input_shape)
            input_shape = (None, layer.units)
        self.built = True

    def call(self, x):
        for layer in self.hidden:
            x = layer(x)
        return self.out(x)


def build_autoencoder(sizes):
    return Half(list(sizes)), Half(list(sizes)[::-1])


# %% solution="train_denoiser"
class Denoiser(keras.Model):
    """Fresh noise in every step, drawn while it trains."""

    def __init__(self, noise_level, seed):
        super().__init__()
        self.seeds = keras.random.SeedGenerator(seed)
        self.noise_level = noise_level
        self.wide = keras.layers.Dense(200, "relu")
        self.out = keras.layers.Dense(64)

    def call(self, x, training=False):
        if training:
            noise = keras.random.normal(ops.shape(x), seed=self.seeds)
            x = x + self.noise_level * noise
        return self.out(self.wide(x))


def train_denoiser(x, noise_level, seed):
    kerasdl.seed(seed)
    model = Denoiser(noise_level, seed)
    model.compile(keras.optimizers.Adam(0.005), loss="mse")
    model.fit(x, x, batch_size=40, epochs=6, verbose=0)
    return model


# %% solution="sample_latent"
class Sample(keras.layers.Layer):
    def call(self, mean, log_variance, noise):
        return mean + noise * ops.exp(0.5 * log_variance)


def sample_latent(mean, log_variance, noise):
    return Sample()(mean, log_variance, noise)


# %% solution="generate"
class Generator(keras.layers.Layer):
    def __init__(self, decode):
        super().__init__()
        self.decode = decode
        self.squash = keras.layers.Activation("sigmoid")

    def call(self, noise):
        return self.squash(self.decode(noise))


def generate(decode, noise):
    return Generator(decode)(noise)


# %% solution="quantise"
class Quantiser(keras.layers.Layer):
    def call(self, z, codebook, numbers):
        chosen = ops.take(codebook, numbers, axis=0)
        return z + ops.stop_gradient(chosen - z)


def quantise(z, codebook, numbers):
    return Quantiser()(z, codebook, numbers)
