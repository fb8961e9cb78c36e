# Arrays throughout, down to a network whose gradients are written out.

# %% solution="betas"
def linear_betas(steps, first, last):
    return first + (last - first) * np.arange(steps) / (steps - 1)


def cosine_betas(steps, offset=0.008, largest=0.999):
    s = np.arange(steps + 1)
    f = np.cos((s / steps + offset) / (1 + offset) * np.pi / 2) ** 2
    return np.clip((f[:-1] - f[1:]) / f[:-1], 0, largest)


# %% solution="alpha_bars"
def alpha_bars(betas):
    return np.cumprod(1 - ops.convert_to_numpy(betas))


def distance_to_noise(x_0, alpha_bar):
    x_0, alpha_bar = ops.convert_to_numpy(x_0), ops.convert_to_numpy(alpha_bar)
    m, v = np.sqrt(alpha_bar[-1]) * x_0, 1 - alpha_bar[-1]
    return np.mean(np.sum((m**2 + v - 1 - np.log(v)) / 2, axis=-1))


# %% solution="forward"
def factors(t, alpha_bar, like):
    kept = ops.convert_to_numpy(alpha_bar)[ops.convert_to_numpy(t)]
    kept = kept.reshape([len(kept)] + [1] * (like.ndim - 1))
    return np.sqrt(kept), np.sqrt(1 - kept)


def q_sample(x_0, t, noise, alpha_bar):
    x_0, noise = ops.convert_to_numpy(x_0), ops.convert_to_numpy(noise)
    signal, deviation = factors(t, alpha_bar, x_0)
    return signal * x_0 + deviation * noise


def estimate_x_0(x_t, t, predicted_noise, alpha_bar):
    x_t, noise = ops.convert_to_numpy(x_t), ops.convert_to_numpy(predicted_noise)
    signal, deviation = factors(t, alpha_bar, x_t)
    return (x_t - deviation * noise) / signal


# %% solution="embedding"
def timestep_embedding(t, dim, period=10_000.0):
    t = ops.convert_to_numpy(t).astype("float64")
    frequencies = np.exp(-np.log(period) * np.arange(dim // 2) / (dim // 2))
    angles = np.outer(t, frequencies)
    return np.hstack([np.sin(angles), np.cos(angles)])


# %% solution="training_draw"
def training_draw(shape, steps, rng):
    t = np.floor(steps * rng.random(shape[0])).astype(int)
    return t, rng.standard_normal(shape)


# %% solution="heads"
def heads_probability(x_t, t, alpha_bar, side, heads):
    x, kept = ops.convert_to_numpy(x_t), ops.convert_to_numpy(alpha_bar)
    kept = kept[ops.convert_to_numpy(t)].astype("float64")
    up = np.log(heads) - (x - np.sqrt(kept) * side) ** 2 / (2 * (1 - kept))
    down = np.log(1 - heads) - (x + np.sqrt(kept) * side) ** 2 / (2 * (1 - kept))
    return np.exp(up - np.logaddexp(up, down))


# %% solution="coin"
def coin_denoiser(x_t, t, alpha_bar, side, heads):
    x, kept = ops.convert_to_numpy(x_t), ops.convert_to_numpy(alpha_bar)
    kept = kept[ops.convert_to_numpy(t)]
    p = heads_probability(x_t, t, alpha_bar, side, heads)
    return (x - np.sqrt(kept) * (p * side - (1 - p) * side)) / np.sqrt(1 - kept)


# %% solution="reverse_step"
def reverse_step(x_t, t, predicted_noise, fresh, betas):
    x, noise, fresh, betas = (
        ops.convert_to_numpy(part) for part in (x_t, predicted_noise, fresh, betas)
    )
    kept = np.append(np.cumprod(1 - betas), 1.0)  # so that index -1 is no noise
    mean = (x - betas[t] / np.sqrt(1 - kept[t]) * noise) / np.sqrt(1 - betas[t])
    return mean + np.sqrt(betas[t] * (1 - kept[t - 1]) / (1 - kept[t])) * fresh


# %% solution="ddim_step"
def ddim_timesteps(steps, number):
    return np.round(np.linspace(steps - 1, 0, number)).astype(int)


def ddim_step(x_t, t, s, predicted_noise, alpha_bar):
    x, noise = ops.convert_to_numpy(x_t), ops.convert_to_numpy(predicted_noise)
    kept = np.append(ops.convert_to_numpy(alpha_bar), 1.0)
    x_0 = (x - np.sqrt(1 - kept[t]) * noise) / np.sqrt(kept[t])
    return np.sqrt(kept[s]) * x_0 + np.sqrt(1 - kept[s]) * noise


# %% solution="ddim_sample"
def ddim_sample(denoiser, x, alpha_bar, number):
    x = ops.convert_to_numpy(x)
    steps = ddim_timesteps(len(alpha_bar), number)
    for position, t in enumerate(steps):
        noise = denoiser(tensor(x), integers(np.full(len(x), t)))
        s = steps[position + 1] if position + 1 < len(steps) else -1
        x = ddim_step(tensor(x), t, s, noise, alpha_bar)
    return x


# %% solution="guidance"
def drop_labels(labels, uniform, drop, null):
    labels = np.array(ops.convert_to_numpy(labels))
    labels[ops.convert_to_numpy(uniform) < drop] = null
    return labels


def guided_noise(denoiser, x_t, t, labels, guidance, null):
    with_label = ops.convert_to_numpy(denoiser(x_t, t, labels))
    none = integers(np.full(len(with_label), null))
    without = ops.convert_to_numpy(denoiser(x_t, t, none))
    return guidance * with_label + (1 - guidance) * without


# %% solution="train_denoiser"
def train_denoiser(x, add_noise, steps, seed):
    rng = np.random.default_rng(seed)
    batch, updates = 400, 500
    t = rng.integers(0, steps, batch * updates)
    noise = rng.normal(size=(batch * updates, x.shape[1]))
    x_t = add_noise(x[rng.integers(0, len(x), len(t))], t, noise)

    def inputs(x_t, t):
        way = ops.convert_to_numpy(t)[:, None] / steps
        return np.hstack([ops.convert_to_numpy(x_t), way - 0.5, np.sin(np.pi * way)])

    rows = inputs(x_t, t)
    sizes = [rows.shape[1], 64, 64, x.shape[1]]
    weights = []
    for n, m in zip(sizes, sizes[1:], strict=False):
        weights += [rng.normal(0, np.sqrt(2 / n), (n, m)), np.zeros(m)]

    def forward_pass(rows):
        signals = [rows]
        for k in range(0, 6, 2):
            rows = signals[-1] @ weights[k] + weights[k + 1]
            signals.append(np.maximum(rows, 0) if k < 4 else rows)
        return signals

    first, second = ([np.zeros_like(w) for w in weights] for _ in range(2))
    for step in range(updates):
        part = slice(step * batch, (step + 1) * batch)
        signals = forward_pass(rows[part])
        delta = 2 * (signals[-1] - noise[part]) / noise[part].size
        gradients = [None] * 6
        for k in (4, 2, 0):
            gradients[k] = signals[k // 2].T @ delta
            gradients[k + 1] = delta.sum(axis=0)
            delta = (delta @ weights[k].T) * (signals[k // 2] > 0)
        rate = 0.01 * (1 - step / updates)
        for k, g in enumerate(gradients):
            first[k] = 0.9 * first[k] + 0.1 * g
            second[k] = 0.999 * second[k] + 0.001 * g**2
            size = np.sqrt(second[k] / (1 - 0.999 ** (step + 1))) + 1e-8
            weights[k] = weights[k] - rate * first[k] / (1 - 0.9 ** (step + 1)) / size
    return lambda x_t, t: forward_pass(inputs(x_t, t))[-1]
