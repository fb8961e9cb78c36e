# Learns the clean data and converts; the reverse step, too, goes by way of them.

# %% solution="coin"
def coin_denoiser(x_t, t, alpha_bar, side, heads):
    p = ops.convert_to_tensor(heads_probability(x_t, t, alpha_bar, side, heads))
    kept = ops.take(alpha_bar, t, axis=0)
    average = p * side + (1 - p) * (-side)
    return (x_t - kept**0.5 * average) / (1 - kept) ** 0.5


# %% solution="reverse_step"
def reverse_step(x_t, t, predicted_noise, fresh, betas):
    beta = betas[t]
    kept = ops.prod(1 - betas[: t + 1])
    before = ops.prod(1 - betas[:t]) if t > 0 else ops.ones(())
    x_0 = (x_t - ops.sqrt(1 - kept) * predicted_noise) / ops.sqrt(kept)
    mean = ops.sqrt(before) * beta * x_0
    mean = mean + ops.sqrt(1 - beta) * (1 - before) * x_t
    mean = mean / (1 - kept)
    return mean + fresh * ops.sqrt((1 - before) / (1 - kept) * beta)


# %% solution="ddim_step"
def ddim_timesteps(steps, number):
    up = np.linspace(0, steps - 1, number)
    return tuple(np.rint(up)[::-1].astype("int64"))


def ddim_step(x_t, t, s, predicted_noise, alpha_bar):
    x_0 = x_t - predicted_noise * ops.sqrt(1 - alpha_bar[t])
    x_0 = x_0 / ops.sqrt(alpha_bar[t])
    if s == -1:
        return x_0
    return x_0 * ops.sqrt(alpha_bar[s]) + predicted_noise * ops.sqrt(1 - alpha_bar[s])


# %% solution="ddim_sample"
def ddim_sample(denoiser, x, alpha_bar, number):
    path = [int(t) for t in ddim_timesteps(len(alpha_bar), number)] + [-1]

    def go(x, position):
        if position == number:
            return x
        t, s = path[position : position + 2]
        steps = ops.zeros((x.shape[0],), dtype="int32") + t
        return go(ddim_step(x, t, s, denoiser(x, steps), alpha_bar), position + 1)

    return go(x, 0)


# %% solution="train_denoiser"
def train_denoiser(x, add_noise, steps, seed):
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    count, size = 100_000, x.shape[1]
    x_0 = x[rng.integers(0, len(x), count)].astype("float32")
    t = rng.integers(0, steps, count).astype("int32")
    noise = rng.normal(size=x_0.shape).astype("float32")
    # The two factors of each step, read off the forward process.
    every = np.arange(steps, dtype="int32")
    one, zero = np.ones((steps, 1), "float32"), np.zeros((steps, 1), "float32")
    signal = ops.convert_to_numpy(add_noise(one, every, zero))
    deviation = ops.convert_to_numpy(add_noise(zero, every, one))

    def inputs(x_t, t):
        x_t, t = ops.convert_to_numpy(x_t), ops.convert_to_numpy(t)
        return np.hstack([x_t, signal[t], deviation[t]])

    model = keras.Sequential()
    for units in (64, 64):
        model.add(keras.layers.Dense(units, activation="relu"))
    model.add(keras.layers.Dense(size))
    rate = keras.optimizers.schedules.CosineDecay(0.01, 400)
    model.compile(keras.optimizers.Adam(rate), loss="mse")
    rows = inputs(add_noise(x_0, t, noise), t)
    model.fit(rows, x_0, batch_size=250, verbose=0)

    def denoiser(x_t, t):
        x_0 = ops.convert_to_numpy(model(inputs(x_t, t)))
        x_t, t = ops.convert_to_numpy(x_t), ops.convert_to_numpy(t)
        return (x_t - signal[t] * x_0) / deviation[t]

    return denoiser
