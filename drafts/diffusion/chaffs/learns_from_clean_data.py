# caught by: learning/share-of-heads, learning/sides-of-the-coin, learning/noise-in-the-plane, learning/samples-of-the-plane
# The network sees data without noise.

# %% solution="train_denoiser"
def train_denoiser(x, add_noise, steps, seed):
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    draws, batch, size = 75_000, 500, x.shape[1]
    x_0 = x[rng.integers(0, len(x), draws)].astype("float32")
    t = rng.integers(0, steps, draws).astype("int32")
    noise = rng.normal(size=x_0.shape).astype("float32")

    def inputs(x_t, t):
        way = ops.cast(t, "float32")[:, None] / steps
        waves = [ops.sin(np.pi * way), ops.cos(np.pi * way)]
        return ops.concatenate([x_t, way - 0.5, *waves], axis=1)

    network = keras.Sequential(
        [
            keras.Input((size + 3,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(size),
        ]
    )
    rate = keras.optimizers.schedules.CosineDecay(0.02, draws // batch)
    network.compile(keras.optimizers.Adam(rate), loss="mse")
    seen = inputs(ops.convert_to_tensor(x_0), ops.convert_to_tensor(t))
    network.fit(ops.convert_to_numpy(seen), noise, batch_size=batch, verbose=0)
    return lambda x_t, t: network(inputs(x_t, t))
