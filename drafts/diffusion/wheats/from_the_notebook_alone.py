# By a reader of the notebook: arrays in and out, tensors where the rules ask for them.

# %% solution="betas"
def linear_betas(steps, first, last):
    """A linear schedule."""
    return np.linspace(first, last, steps)


def cosine_betas(steps, offset=0.008, largest=0.999):
    """A cosine schedule."""
    s = np.arange(steps + 1)
    f = np.cos((s / steps + offset) / (1 + offset) * np.pi / 2) ** 2
    return np.minimum(1 - f[1:] / f[:-1], largest)


# %% solution="alpha_bars"
def alpha_bars(betas):
    """The share of the data's variance that is left after each step."""
    return np.cumprod(1 - ops.convert_to_numpy(betas))


def distance_to_noise(x_0, alpha_bar):
    """How far the last step of the forward process is from N(0, 1), in nats."""
    x_0 = ops.convert_to_numpy(x_0)
    last = ops.convert_to_numpy(alpha_bar)[-1]
    m = np.sqrt(last) * x_0
    v = 1 - last
    kl = 0.5 * (m**2 + v - 1 - np.log(v))
    return np.mean(np.sum(kl, axis=1))


# %% solution="forward"
def _kept(alpha_bar, t, ndim):
    """alpha_bar of each example, with axes of size 1 behind the batch."""
    kept = ops.convert_to_numpy(alpha_bar)[ops.convert_to_numpy(t)]
    return kept.reshape((-1,) + (1,) * (ndim - 1))


def q_sample(x_0, t, noise, alpha_bar):
    """Noisy examples: a jump from the data to step t of the forward process."""
    x_0, noise = ops.convert_to_numpy(x_0), ops.convert_to_numpy(noise)
    kept = _kept(alpha_bar, t, x_0.ndim)
    return np.sqrt(kept) * x_0 + np.sqrt(1 - kept) * noise


def estimate_x_0(x_t, t, predicted_noise, alpha_bar):
    """The data that follow from noisy examples and a guess of their noise."""
    x_t = ops.convert_to_numpy(x_t)
    predicted_noise = ops.convert_to_numpy(predicted_noise)
    kept = _kept(alpha_bar, t, x_t.ndim)
    return (x_t - np.sqrt(1 - kept) * predicted_noise) / np.sqrt(kept)


# %% solution="embedding"
def timestep_embedding(t, dim, period=10_000.0):
    """Sines and cosines of the steps."""
    t = ops.convert_to_numpy(t).astype("float32")
    half = dim // 2
    omega = period ** (-np.arange(half) / half)
    angles = t[:, None] * omega[None, :]
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)


# %% solution="training_draw"
def training_draw(shape, steps, rng):
    """What one training step draws."""
    t = rng.integers(0, steps, shape[0])
    noise = rng.normal(size=shape)
    return t, noise


# %% solution="loss"
def diffusion_loss(denoiser, add_noise, x_0, t, noise):
    """The mean squared error of the predicted noise."""
    x_t = add_noise(x_0, t, noise)
    return ops.mean((noise - denoiser(x_t, t)) ** 2)


# %% solution="heads"
def heads_probability(x_t, t, alpha_bar, side, heads):
    """The probability that a noisy toss was heads."""
    x_t = ops.convert_to_numpy(x_t)
    kept = ops.convert_to_numpy(alpha_bar)[ops.convert_to_numpy(t)]
    z = np.log(heads / (1 - heads)) + 2 * np.sqrt(kept) * side * x_t / (1 - kept)
    z = np.clip(z, -80, 80)  # no overflow in exp
    return 1 / (1 + np.exp(-z))


# %% solution="coin"
def coin_denoiser(x_t, t, alpha_bar, side, heads):
    """The best denoiser of tosses of a coin."""
    p = ops.convert_to_numpy(heads_probability(x_t, t, alpha_bar, side, heads))
    average = side * p - side * (1 - p)
    x_t = ops.convert_to_numpy(x_t)
    kept = ops.convert_to_numpy(alpha_bar)[ops.convert_to_numpy(t)]
    return (x_t - np.sqrt(kept) * average) / np.sqrt(1 - kept)


# %% solution="reverse_step"
def reverse_step(x_t, t, predicted_noise, fresh, betas):
    """From x_t to x_{t-1}."""
    x_t, predicted_noise, fresh, betas = (
        ops.convert_to_numpy(part) for part in (x_t, predicted_noise, fresh, betas)
    )
    kept = np.cumprod(1 - betas)
    mean = x_t - betas[t] / np.sqrt(1 - kept[t]) * predicted_noise
    mean = mean / np.sqrt(1 - betas[t])
    if t == 0:
        return mean
    variance = betas[t] * (1 - kept[t - 1]) / (1 - kept[t])
    return mean + np.sqrt(variance) * fresh


# %% solution="ddpm_sample"
def ddpm_sample(denoiser, step, x, fresh):
    """New data from noise, by all steps."""
    for t in reversed(range(len(fresh))):
        x = tensor(ops.convert_to_numpy(x))  # `step` may have returned an array
        predicted = denoiser(x, integers(np.full(len(x), t)))
        x = step(x, t, predicted, fresh[t])
    return x


# %% solution="ddim_step"
def ddim_timesteps(steps, number):
    """The steps that DDIM visits, from the noisiest down."""
    return [int(t) for t in np.round(np.linspace(steps - 1, 0, number))]


def ddim_step(x_t, t, s, predicted_noise, alpha_bar):
    """From x_t to x_s, along the predicted noise."""
    x_t = ops.convert_to_numpy(x_t)
    predicted_noise = ops.convert_to_numpy(predicted_noise)
    alpha_bar = ops.convert_to_numpy(alpha_bar)
    now = alpha_bar[t]
    then = alpha_bar[s] if s >= 0 else 1.0
    x_0 = (x_t - np.sqrt(1 - now) * predicted_noise) / np.sqrt(now)
    return np.sqrt(then) * x_0 + np.sqrt(1 - then) * predicted_noise


# %% solution="ddim_sample"
def ddim_sample(denoiser, x, alpha_bar, number):
    """New data from noise, in few steps and without chance."""
    visited = ddim_timesteps(len(alpha_bar), number)
    for t, s in zip(visited, [*visited[1:], -1], strict=True):
        x = tensor(ops.convert_to_numpy(x))  # mine of ddim_step is an array
        predicted = denoiser(x, integers(np.full(len(x), t)))
        x = ddim_step(x, t, s, predicted, alpha_bar)
    return x


# %% solution="guidance"
def drop_labels(labels, uniform, drop, null):
    """Labels for training, some of which are replaced by "no label"."""
    labels, uniform = ops.convert_to_numpy(labels), ops.convert_to_numpy(uniform)
    return np.where(uniform < drop, null, labels)


def guided_noise(denoiser, x_t, t, labels, guidance, null):
    """The predicted noise with guidance."""
    nothing = integers(np.full(len(x_t), null))
    without = ops.convert_to_numpy(denoiser(x_t, t, nothing))
    with_label = ops.convert_to_numpy(denoiser(x_t, t, labels))
    return tensor(without + guidance * (with_label - without))


# %% solution="train_denoiser"
def train_denoiser(x, add_noise, steps, seed):
    """A denoiser, learned from examples."""
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    number, batch, epochs = 100_000, 250, 2
    x_0 = x[rng.integers(0, len(x), number)].astype("float32")
    t, noise = training_draw(x_0.shape, steps, rng)
    noise = noise.astype("float32")
    x_t = ops.convert_to_numpy(add_noise(x_0, t, noise))
    inputs = np.concatenate([x_t, t[:, None] / steps], axis=1).astype("float32")

    network = keras.Sequential(
        [
            keras.layers.Input((x.shape[1] + 1,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(x.shape[1]),
        ]
    )
    rate = keras.optimizers.schedules.CosineDecay(0.01, epochs * number // batch)
    network.compile(optimizer=keras.optimizers.Adam(rate), loss="mse")
    network.fit(inputs, noise, batch_size=batch, epochs=epochs, verbose=0)

    def denoiser(x_t, t):
        part = ops.cast(ops.reshape(t, (-1, 1)), "float32") / steps
        return network(ops.concatenate([ops.cast(x_t, "float32"), part], axis=1))

    return denoiser
