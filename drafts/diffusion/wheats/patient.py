# A smooth, wider network with embedded steps, trained for longer; other helpers.

# %% solution="alpha_bars"
import itertools
import math


def alpha_bars(betas):
    kept = (1 - float(beta) for beta in betas)
    return np.array(list(itertools.accumulate(kept, lambda a, b: a * b)))


def divergence(mean, variance):
    """Of N(mean, variance) from N(0, 1)."""
    return (mean * mean + variance - 1 - math.log(variance)) / 2


def distance_to_noise(x_0, alpha_bar):
    kept = float(alpha_bar[len(alpha_bar) - 1])
    return ops.mean(ops.sum(divergence(math.sqrt(kept) * x_0, 1 - kept), axis=-1))


# %% solution="training_draw"
def training_draw(shape, steps, rng):
    steps_drawn = rng.integers(low=0, high=steps - 1, size=(shape[0],), endpoint=True)
    noise = rng.normal(size=int(np.prod(shape))).reshape(shape)
    return steps_drawn.astype("int32"), noise.astype("float32")


# %% solution="heads"
def heads_probability(x_t, t, alpha_bar, side, heads):
    kept = ops.take(alpha_bar, t, axis=0)
    z = 2 * side * ops.sqrt(kept) * x_t / (1 - kept)
    z = z + math.log(heads) - math.log(1 - heads)
    small = ops.exp(-ops.abs(z))  # never overflows
    return ops.where(z > 0, 1 / (1 + small), small / (1 + small))


# %% solution="guidance"
def drop_labels(labels, uniform, drop, null):
    keep = ops.greater_equal(uniform, drop)
    return ops.where(keep, labels, ops.full_like(labels, null))


def guided_noise(denoiser, x_t, t, labels, guidance, null):
    told = denoiser(x_t, t, labels)
    none = denoiser(x_t, t, ops.zeros_like(labels) + null)
    return told + (guidance - 1) * (told - none)


# %% solution="train_denoiser"
def train_denoiser(x, add_noise, steps, seed):
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    size = x.shape[1]
    angles = (
        np.arange(steps)[:, None] * np.pi / steps * np.array([[0.5, 1.0, 2.0, 4.0]])
    )
    table = np.hstack([np.sin(angles), np.cos(angles)]).astype("float32")
    model = keras.Sequential(
        [
            keras.Input((size + table.shape[1],)),
            keras.layers.Dense(128, activation="gelu"),
            keras.layers.Dense(128, activation="gelu"),
            keras.layers.Dense(128, activation="gelu"),
            keras.layers.Dense(size),
        ]
    )
    model.compile(keras.optimizers.AdamW(3e-3), loss=keras.losses.MeanSquaredError())
    for share in (1.0, 0.3, 0.1):  # the learning rate falls in three stages
        model.optimizer.learning_rate = 3e-3 * share
        rows = np.repeat(np.arange(len(x)), 60)
        t = rng.integers(0, steps, len(rows))
        noise = rng.normal(size=(len(rows), size)).astype("float32")
        noisy = ops.convert_to_numpy(add_noise(x[rows], t, noise))
        seen = np.hstack([noisy, table[t]])
        model.fit(seen, noise, batch_size=256, epochs=1, shuffle=True, verbose=0)

    def denoiser(x_t, t):
        told = ops.take(tensor(table), t, axis=0)
        return model(ops.concatenate([x_t, told], axis=1))

    return denoiser
