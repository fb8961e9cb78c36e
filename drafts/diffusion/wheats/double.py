# Float64 arithmetic inside, and float64 arrays or tensors back.

# %% solution="betas"
def linear_betas(steps, first, last):
    return np.linspace(np.float64(first), np.float64(last), steps)


def cosine_betas(steps, offset=0.008, largest=0.999):
    half_turn = np.linspace(offset, 1 + offset, steps + 1) / (1 + offset) * np.pi
    left = (1 + np.cos(half_turn)) / 2  # the same as the squared cosine
    betas = -np.diff(left) / left[:-1]
    betas[betas > largest] = largest
    return betas


# %% solution="alpha_bars"
def double(x):
    return np.asarray(ops.convert_to_numpy(x), dtype="float64")


def alpha_bars(betas):
    betas = double(betas)
    return np.array([np.prod(1 - betas[: t + 1]) for t in range(len(betas))])


def distance_to_noise(x_0, alpha_bar):
    kept = double(alpha_bar)[-1]
    each = (kept * double(x_0) ** 2 - kept - np.log1p(-kept)) / 2
    return float(each.sum(axis=1).mean())


# %% solution="forward"
def doubles(*parts):
    return [np.asarray(ops.convert_to_numpy(part), "float64") for part in parts]


def q_sample(x_0, t, noise, alpha_bar):
    x, e, kept = doubles(x_0, noise, alpha_bar)
    kept = kept[ops.convert_to_numpy(t)]
    return (np.sqrt(kept) * x.T + np.sqrt(1 - kept) * e.T).T


def estimate_x_0(x_t, t, predicted_noise, alpha_bar):
    x, e, kept = doubles(x_t, predicted_noise, alpha_bar)
    kept = kept[ops.convert_to_numpy(t)]
    return ((x.T - np.sqrt(1 - kept) * e.T) / np.sqrt(kept)).T


# %% solution="loss"
def diffusion_loss(denoiser, add_noise, x_0, t, noise):
    predicted = ops.cast(denoiser(add_noise(x_0, t, noise), t), "float64")
    return ops.mean(ops.square(ops.cast(noise, "float64") - predicted))


# %% solution="heads"
def heads_probability(x_t, t, alpha_bar, side, heads):
    x, kept = (np.asarray(ops.convert_to_numpy(v), "float64") for v in (x_t, alpha_bar))
    kept = kept[ops.convert_to_numpy(t)]
    odds = np.log(heads / (1 - heads)) + 2 * side * np.sqrt(kept) * x / (1 - kept)
    return 0.5 * (1 + np.tanh(odds / 2))


# %% solution="coin"
def coin_denoiser(x_t, t, alpha_bar, side, heads):
    chance = np.asarray(
        ops.convert_to_numpy(heads_probability(x_t, t, alpha_bar, side, heads)),
        "float64",
    )
    x, kept = (np.asarray(ops.convert_to_numpy(v), "float64") for v in (x_t, alpha_bar))
    kept = kept[ops.convert_to_numpy(t)]
    a, b = np.sqrt(kept), np.sqrt(1 - kept)
    if_heads, if_tails = (x - a * side) / b, (x + a * side) / b
    return chance * if_heads + (1 - chance) * if_tails


# %% solution="reverse_step"
def reverse_step(x_t, t, predicted_noise, fresh, betas):
    x, e, z, betas = (
        np.asarray(ops.convert_to_numpy(v), "float64")
        for v in (x_t, predicted_noise, fresh, betas)
    )
    kept = np.cumprod(1 - betas)
    before = 1.0 if t == 0 else kept[t - 1]
    x_0 = (x - np.sqrt(1 - kept[t]) * e) / np.sqrt(kept[t])
    variance = betas[t] * (1 - before) / (1 - kept[t])
    towards = np.sqrt(1 - before - variance)
    return np.sqrt(before) * x_0 + towards * e + np.sqrt(variance) * z


# %% solution="ddim_step"
def ddim_timesteps(steps, number):
    return ops.cast(ops.round(ops.linspace(steps - 1.0, 0.0, number)), "int32")


def ddim_step(x_t, t, s, predicted_noise, alpha_bar):
    kept, before = float(alpha_bar[t]), float(alpha_bar[s]) if s >= 0 else 1.0
    scale = (before / kept) ** 0.5
    shift = (1 - before) ** 0.5 - scale * (1 - kept) ** 0.5
    return scale * x_t + shift * predicted_noise


# %% solution="ddim_sample"
def ddim_sample(denoiser, x, alpha_bar, number):
    steps = ops.convert_to_numpy(ddim_timesteps(len(alpha_bar), number)).tolist()
    while steps:
        t = steps.pop(0)
        noise = denoiser(x, integers([t] * len(x)))
        x = ddim_step(x, t, steps[0] if steps else -1, noise, alpha_bar)
    return x
