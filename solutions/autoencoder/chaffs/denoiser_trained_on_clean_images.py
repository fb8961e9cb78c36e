# caught by: deep/denoises-unseen-images
# Input and target are both clean: it learns to copy.

# %% solution="train_denoiser"
def train_denoiser(x, noise_level, seed):
    kerasdl.seed(seed)
    clean = np.tile(x, (8, 1)).astype("float32")
    layers = [keras.layers.Dense(128, activation="relu"), keras.layers.Dense(64)]
    model = keras.Sequential([keras.Input((64,)), *layers])
    model.compile(keras.optimizers.Adam(0.005), loss="mse")
    model.fit(clean, clean, batch_size=64, epochs=1, verbose=0)
    return model
