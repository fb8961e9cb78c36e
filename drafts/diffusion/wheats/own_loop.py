# A training loop of its own with compiled gradients; one call of the denoiser for two.

# %% solution="embedding"
def timestep_embedding(t, dim, period=10_000.0):
    half = dim // 2
    t = ops.reshape(ops.cast(t, "float32"), (-1, 1))
    i = ops.reshape(ops.arange(half, dtype="float32"), (1, half))
    angles = t / period ** (i / half)
    return ops.concatenate((ops.sin(angles), ops.cos(angles)), -1)


# %% solution="guidance"
def drop_labels(labels, uniform, drop, null):
    dropped = ops.cast(uniform < drop, "int32")
    return labels * (1 - dropped) + null * dropped


def guided_noise(denoiser, x_t, t, labels, guidance, null):
    both = denoiser(
        ops.concatenate([x_t, x_t]),
        ops.concatenate([t, t]),
        ops.concatenate([labels, ops.full_like(labels, null)]),
    )
    told, none = ops.split(both, 2)
    return none + guidance * (told - none)


# %% solution="train_denoiser"
def train_denoiser(x, add_noise, steps, seed):
    rng = np.random.default_rng(seed)
    batch, updates, width = 500, 350, 64
    sizes = [x.shape[1] + 3, width, width, x.shape[1]]
    weights = []
    for n, m in zip(sizes[:-1], sizes[1:], strict=True):
        weights += [tensor(rng.normal(0, (2 / n) ** 0.5, (n, m))), ops.zeros((m,))]

    def network(weights, x_t, t):
        way = ops.expand_dims(ops.cast(t, "float32") / steps, 1)
        h = [x_t, way, ops.sin(np.pi * way), ops.cos(np.pi * way)]
        h = ops.concatenate(h, axis=1)
        for layer in range(0, 4, 2):
            h = ops.relu(ops.matmul(h, weights[layer]) + weights[layer + 1])
        return ops.matmul(h, weights[4]) + weights[5]

    def loss(weights, x_t, t, noise):
        return ops.mean(ops.square(network(weights, x_t, t) - noise))

    gradient = autodiff.grad(loss)

    def update(state, rate, x_t, t, noise):
        weights, first, second = state
        gradients = gradient(weights, x_t, t, noise)
        first = [0.9 * a + 0.1 * g for a, g in zip(first, gradients, strict=True)]
        second = [
            0.99 * a + 0.01 * g * g for a, g in zip(second, gradients, strict=True)
        ]
        weights = [
            w - rate * a / (ops.sqrt(b) + 1e-6)
            for w, a, b in zip(weights, first, second, strict=True)
        ]
        return weights, first, second

    update = autodiff.jit(update)
    state = (weights, *([ops.zeros_like(w) for w in weights] for _ in range(2)))
    t = rng.integers(0, steps, (updates, batch))
    noise = rng.normal(size=(updates, batch, x.shape[1])).astype("float32")
    for k in range(updates):
        x_0 = x[rng.integers(0, len(x), batch)]
        x_t = add_noise(x_0, integers(t[k]), tensor(noise[k]))
        rate = tensor(0.01 * (1 - k / updates))
        state = update(state, rate, x_t, integers(t[k]), tensor(noise[k]))
    return lambda x_t, t: network(state[0], x_t, t)
