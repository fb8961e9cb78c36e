# caught by: deep/denoises-unseen-images
# The rate is far too small for one epoch.

# %% solution="train_denoiser"
def train_denoiser(x, noise_level, seed):
    kerasdl.seed(seed)
    rng = np.random.default_rng(seed)
    clean = np.tile(x, (8, 1)).astype("float32")
    noisy = clean + rng.normal(0, noise_level, clean.shape).astype("float32")
    layers = [keras.layers.Dense(128, activation="relu"), keras.layers.Dense(64)]
    model = keras.Sequential([keras.Input((64,)), *layers])
    model.compile(keras.optimizers.Adam(1e-6), loss="mse")
    model.fit(noisy, clean, batch_size=64, epochs=1, verbose=0)
    return model
