# One number and one example at a time, in Python; lists come back.

# %% solution="betas"
def linear_betas(steps, first, last):
    return [first + (last - first) * t / (steps - 1) for t in range(steps)]


def cosine_betas(steps, offset=0.008, largest=0.999):
    betas, before = [], None
    for s in range(steps + 1):
        angle = (s / steps + offset) / (1 + offset) * np.pi / 2
        left = np.cos(angle) ** 2
        if before is not None:
            betas.append(min(1 - left / before, largest))
        before = left
    return betas


# %% solution="alpha_bars"
def alpha_bars(betas):
    product, products = 1.0, []
    for beta in ops.convert_to_numpy(betas):
        product *= 1.0 - float(beta)
        products.append(product)
    return products


def distance_to_noise(x_0, alpha_bar):
    kept = float(alpha_bar[-1])
    total = 0.0
    rows = ops.convert_to_numpy(x_0).tolist()
    for row in rows:
        for number in row:
            mean, variance = kept**0.5 * number, 1 - kept
            total += 0.5 * (mean**2 + variance - 1 - np.log(variance))
    return total / len(rows)


# %% solution="forward"
def each_row(function, x, t, noise, alpha_bar):
    rows = []
    for i in range(len(x)):
        kept = float(alpha_bar[int(t[i])])
        rows.append(function(x[i], noise[i], kept**0.5, (1 - kept) ** 0.5))
    return ops.stack(rows)


def q_sample(x_0, t, noise, alpha_bar):
    return each_row(lambda x, e, a, b: a * x + b * e, x_0, t, noise, alpha_bar)


def estimate_x_0(x_t, t, predicted_noise, alpha_bar):
    def back(x, e, a, b):
        return (x - b * e) / a

    return each_row(back, x_t, t, predicted_noise, alpha_bar)


# %% solution="embedding"
def timestep_embedding(t, dim, period=10_000.0):
    table = []
    for step in ops.convert_to_numpy(t).tolist():
        row = [0.0] * dim
        for i in range(dim // 2):
            frequency = period ** (-2 * i / dim)
            row[i] = np.sin(step * frequency)
            row[i + dim // 2] = np.cos(step * frequency)
        table.append(row)
    return table


# %% solution="training_draw"
def training_draw(shape, steps, rng):
    t = [int(rng.integers(steps)) for _ in range(shape[0])]
    return t, [rng.standard_normal(shape[1:]) for _ in range(shape[0])]


# %% solution="loss"
def diffusion_loss(denoiser, add_noise, x_0, t, noise):
    predicted = denoiser(add_noise(x_0, t, noise), t)
    total, count = 0.0, 0
    for one, other in zip(predicted, noise, strict=True):
        for guess, truth in zip(
            ops.reshape(one, (-1,)), ops.reshape(other, (-1,)), strict=True
        ):
            total = total + (guess - truth) ** 2
            count += 1
    return total / count


# %% solution="heads"
def heads_probability(x_t, t, alpha_bar, side, heads):
    chances = []
    for x, step in zip(ops.convert_to_numpy(x_t), t, strict=True):
        kept = float(alpha_bar[int(step)])
        z = 2 * side * kept**0.5 * float(x) / (1 - kept)
        z += np.log(heads) - np.log(1 - heads)
        if z >= 0:
            chances.append(1 / (1 + np.exp(-z)))
        else:
            chances.append(np.exp(z) / (1 + np.exp(z)))
    return chances


# %% solution="coin"
def coin_denoiser(x_t, t, alpha_bar, side, heads):
    noise = []
    chances = heads_probability(x_t, t, alpha_bar, side, heads)
    for x, step, chance in zip(x_t, t, chances, strict=True):
        kept = float(alpha_bar[int(step)])
        toss = side * chance - side * (1 - chance)
        noise.append((float(x) - kept**0.5 * toss) / (1 - kept) ** 0.5)
    return tensor(noise)


# %% solution="reverse_step"
def reverse_step(x_t, t, predicted_noise, fresh, betas):
    betas = ops.convert_to_numpy(betas).tolist()
    kept = before = 1.0
    for beta in betas[: t + 1]:
        before, kept = kept, kept * (1 - beta)
    share = betas[t] / (1 - kept) ** 0.5
    mean = (x_t - share * predicted_noise) / (1 - betas[t]) ** 0.5
    deviation = (betas[t] * (1 - before) / (1 - kept)) ** 0.5
    return mean + deviation * fresh


# %% solution="ddpm_sample"
def ddpm_sample(denoiser, step, x, fresh):
    t = len(fresh) - 1
    while t >= 0:
        steps = integers([t for _ in range(len(x))])
        x = step(x, t, denoiser(x, steps), fresh[t])
        t -= 1
    return x


# %% solution="ddim_step"
def ddim_timesteps(steps, number):
    gap = (steps - 1) / (number - 1)
    return [steps - 1 - int(i * gap + 0.5) for i in range(number)]


def ddim_step(x_t, t, s, predicted_noise, alpha_bar):
    kept = float(alpha_bar[t])
    before = 1.0 if s == -1 else float(alpha_bar[s])
    x_0 = (x_t - (1 - kept) ** 0.5 * predicted_noise) / kept**0.5
    return before**0.5 * x_0 + (1 - before) ** 0.5 * predicted_noise


# %% solution="guidance"
def drop_labels(labels, uniform, drop, null):
    return [
        null if float(number) < drop else int(label)
        for label, number in zip(labels, uniform, strict=True)
    ]


def guided_noise(denoiser, x_t, t, labels, guidance, null):
    rows = []
    for i in range(len(x_t)):
        one = slice(i, i + 1)
        none = denoiser(x_t[one], t[one], integers([null]))
        told = denoiser(x_t[one], t[one], labels[one])
        rows.append(none + guidance * (told - none))
    return ops.concatenate(rows)
