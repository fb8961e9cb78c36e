# Subclassed Keras models and small classes: noise is drawn while fit runs.

# %% solution="betas"
class Linear:
    def __call__(self, steps, first, last):
        return np.linspace(first, last, num=steps, endpoint=True, dtype="float32")


class Cosine:
    def left(self, s):
        return np.square(np.cos((s + self.offset) / (1 + self.offset) * np.pi / 2))

    def __call__(self, steps, offset=0.008, largest=0.999):
        self.offset = offset
        kept = self.left(np.linspace(0, 1, steps + 1))
        kept = kept / kept[0]
        return np.where(kept[1:] < (1 - largest) * kept[:-1], largest, self.ratio(kept))

    def ratio(self, kept):
        return 1 - kept[1:] / kept[:-1]


linear_betas, cosine_betas = Linear(), Cosine()


# %% solution="forward"
class Process:
    def __init__(self, t, alpha_bar, dimensions):
        kept = ops.take(alpha_bar, t, axis=0)
        for _ in range(dimensions - 1):
            kept = ops.expand_dims(kept, -1)
        self.signal, self.deviation = ops.sqrt(kept), ops.sqrt(1 - kept)


def q_sample(x_0, t, noise, alpha_bar):
    process = Process(t, alpha_bar, ops.ndim(x_0))
    return process.signal * x_0 + process.deviation * noise


def estimate_x_0(x_t, t, predicted_noise, alpha_bar):
    process = Process(t, alpha_bar, ops.ndim(x_t))
    return (x_t - process.deviation * predicted_noise) / process.signal


# %% solution="embedding"
class Waves(keras.layers.Layer):
    def __init__(self, dim, period):
        super().__init__()
        self.frequencies = [period ** (-i / (dim // 2)) for i in range(dim // 2)]

    def call(self, t):
        t = ops.cast(t, "float32")
        columns = [ops.sin(t * w) for w in self.frequencies]
        columns += [ops.cos(t * w) for w in self.frequencies]
        return ops.stack(columns, axis=-1)


def timestep_embedding(t, dim, period=10_000.0):
    return Waves(dim, period)(t)


# %% solution="training_draw"
def training_draw(shape, steps, rng):
    batch = shape[0]
    t = rng.choice(steps, size=batch)
    return integers(t), tensor(rng.normal(0.0, 1.0, size=tuple(shape)))


# %% solution="loss"
def diffusion_loss(denoiser, add_noise, x_0, t, noise):
    loss = keras.losses.MeanSquaredError()
    return loss(noise, denoiser(add_noise(x_0, t, noise), t))


# %% solution="ddpm_sample"
class Sampler:
    def __init__(self, denoiser, step):
        self.denoiser, self.step = denoiser, step

    def one(self, x, t, fresh):
        steps = ops.ones(len(x), dtype="int32") * t
        return self.step(x, t, self.denoiser(x, steps), fresh)


def ddpm_sample(denoiser, step, x, fresh):
    sampler = Sampler(denoiser, step)
    noises = list(enumerate(fresh))
    while noises:
        t, noise = noises.pop()
        x = sampler.one(x, t, noise)
    return x


# %% solution="train_denoiser"
class Denoiser(keras.Model):
    """`fit(x, x)`: fresh steps and fresh noise in every batch."""

    def __init__(self, add_noise, steps, size, seed):
        super().__init__()
        self.add_noise, self.steps = add_noise, steps
        self.generator = keras.random.SeedGenerator(seed)
        self.body = [keras.layers.Dense(80, activation="relu") for _ in range(2)]
        self.head = keras.layers.Dense(size)

    def denoise(self, x_t, t):
        way = ops.expand_dims(ops.cast(t, "float32"), 1) / self.steps
        h = ops.concatenate([x_t, way - 0.5, ops.cos(np.pi * way)], axis=1)
        for layer in self.body:
            h = layer(h)
        return self.head(h)

    def call(self, x):
        x = ops.cast(x, "float32")
        batch = ops.shape(x)[0]
        t = keras.random.randint((batch,), 0, self.steps, seed=self.generator)
        noise = keras.random.normal(ops.shape(x), seed=self.generator)
        return self.denoise(self.add_noise(x, t, noise), t) - noise

    def compute_loss(self, x, y, y_pred, sample_weight=None, training=True):
        return ops.mean(ops.square(y_pred))


def train_denoiser(x, add_noise, steps, seed):
    keras.utils.set_random_seed(seed)
    model = Denoiser(add_noise, steps, x.shape[1], seed)
    often = np.repeat(x, 150, axis=0).astype("float32")
    rate = keras.optimizers.schedules.CosineDecay(0.015, len(often) // 500)
    model.compile(keras.optimizers.Adam(rate))
    model(often[:2])  # makes the weights
    model.fit(often, batch_size=500, verbose=0)
    return model.denoise
