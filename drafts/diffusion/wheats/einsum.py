# Vectorised operations and einsum, and a lookup table of the steps for the network.

# %% solution="betas"
def linear_betas(steps, first, last):
    return ops.linspace(float(first), float(last), steps)


def cosine_betas(steps, offset=0.008, largest=0.999):
    s = ops.arange(steps + 1, dtype="float32")
    f = ops.square(ops.cos((s / steps + offset) / (1 + offset) * (np.pi / 2)))
    return ops.minimum(1 - f[1:] / f[:-1], largest)


# %% solution="alpha_bars"
def alpha_bars(betas):
    return ops.exp(ops.cumsum(ops.log1p(-betas)))


def distance_to_noise(x_0, alpha_bar):
    last = ops.take(alpha_bar, -1)
    squares = ops.einsum("bd,bd->b", x_0, x_0)
    constant = x_0.shape[1] * (last + ops.log1p(-last))
    return 0.5 * ops.mean(last * squares - constant)


# %% solution="forward"
def pair(t, alpha_bar):
    one_hot = ops.one_hot(t, alpha_bar.shape[0])
    return [
        ops.einsum("bt,t->b", one_hot, values)
        for values in (ops.sqrt(alpha_bar), ops.sqrt(1 - alpha_bar))
    ]


def q_sample(x_0, t, noise, alpha_bar):
    a, b = pair(t, alpha_bar)
    return ops.einsum("b,b...->b...", a, x_0) + ops.einsum("b,b...->b...", b, noise)


def estimate_x_0(x_t, t, predicted_noise, alpha_bar):
    a, b = pair(t, alpha_bar)
    rest = x_t - ops.einsum("b,b...->b...", b, predicted_noise)
    return ops.einsum("b,b...->b...", 1 / a, rest)


# %% solution="embedding"
def timestep_embedding(t, dim, period=10_000.0):
    exponents = ops.arange(0, dim, 2, dtype="float32") / dim
    frequencies = ops.power(float(period), -exponents)
    angles = ops.einsum("b,f->bf", ops.cast(t, "float32"), frequencies)
    shifted = ops.stack([angles, angles + np.pi / 2], axis=1)
    return ops.sin(ops.reshape(shifted, (-1, dim)))


# %% solution="loss"
def diffusion_loss(denoiser, add_noise, x_0, t, noise):
    predicted = denoiser(add_noise(x_0, t, noise), t)
    errors = ops.reshape(predicted - noise, (-1,))
    return ops.einsum("i,i->", errors, errors) / errors.shape[0]


# %% solution="heads"
def heads_probability(x_t, t, alpha_bar, side, heads):
    kept = ops.take(alpha_bar, t)
    centres = ops.stack([ops.sqrt(kept) * side, -ops.sqrt(kept) * side])
    logits = -ops.square(x_t - centres) / (2 * (1 - kept))
    logits = logits + tensor([[np.log(heads)], [np.log(1 - heads)]])
    return ops.softmax(logits, axis=0)[0]


# %% solution="coin"
def coin_denoiser(x_t, t, alpha_bar, side, heads):
    kept = ops.take(alpha_bar, t)
    prior = 0.5 * np.log(heads / (1 - heads))
    toss = side * ops.tanh(side * ops.sqrt(kept) * x_t / (1 - kept) + prior)
    return (x_t - ops.sqrt(kept) * toss) * ops.rsqrt(1 - kept)


# %% solution="reverse_step"
def reverse_step(x_t, t, predicted_noise, fresh, betas):
    kept = ops.cumprod(1 - betas)
    before = ops.concatenate([ops.ones(1), kept[:-1]])
    deviations = ops.sqrt(betas * (1 - before) / (1 - kept))
    factors = ops.stack(
        [
            1 / ops.sqrt(1 - betas),
            -betas / ops.sqrt((1 - betas) * (1 - kept)),
            deviations,
        ]
    )
    parts = ops.stack([x_t, predicted_noise, fresh])
    return ops.einsum("k,k...->...", factors[:, t], parts)


# %% solution="ddpm_sample"
def ddpm_sample(denoiser, step, x, fresh):
    number = fresh.shape[0]
    every = ops.ones((number, x.shape[0]), dtype="int32")
    every = every * ops.expand_dims(ops.arange(number, dtype="int32"), 1)
    for t in range(number - 1, -1, -1):
        x = step(x, t, denoiser(x, every[t]), fresh[t])
    return x


# %% solution="train_denoiser"
def train_denoiser(x, add_noise, steps, seed):
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    count, size = 120_000, x.shape[1]
    t = np.resize(rng.permutation(steps), count).astype("int32")
    noise = rng.normal(size=(count, size)).astype("float32")
    noisy = add_noise(x[rng.integers(0, len(x), count)], t, noise)

    point, when = keras.Input((size,)), keras.Input((), dtype="int32")
    told = keras.layers.Embedding(steps, 96)(when)
    h = keras.layers.Dense(96)(point)
    h = keras.layers.ReLU()(keras.layers.Add()([h, told]))
    h = keras.layers.Dense(96, activation="relu")(h)
    model = keras.Model([point, when], keras.layers.Dense(size)(h))
    rate = keras.optimizers.schedules.PolynomialDecay(0.01, 400, 1e-4)
    model.compile(keras.optimizers.Adam(rate), loss="mean_squared_error")
    model.fit([ops.convert_to_numpy(noisy), t], noise, batch_size=300, verbose=0)
    return lambda x_t, t: model([x_t, t])
