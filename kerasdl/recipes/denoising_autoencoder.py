"""A denoising autoencoder cleans noisy digits: 0.65 of the error of the best PCA."""

import keras
import numpy as np

import kerasdl
from kerasdl import data
from kerasdl.models.autoencoder import DenoisingAutoencoder
from kerasdl.subspaces import pca

GOAL = "error on noisy test digits at most 0.75 of that of their best projection by PCA"
NOISE = 0.5


def run(seed: int, epochs: int = 40) -> float:
    kerasdl.seed(seed)
    (x, _), (test, _) = data.load("digits"), data.load("digits", split="test")
    x, test = x.reshape(len(x), -1), test.reshape(len(test), -1)
    autoencoder = DenoisingAutoencoder((64, 128, 64), noise=NOISE)
    batches = data.Batches(x, x, batch_size=128, seed=seed)
    rate = keras.optimizers.schedules.CosineDecay(5e-3, epochs * len(batches))
    autoencoder.build((None, 64))
    autoencoder.compile(keras.optimizers.Adam(rate))
    autoencoder.fit(batches, epochs=epochs, verbose=0)
    noise = np.random.default_rng(seed).normal(0, NOISE, test.shape)
    noisy = (test + noise).astype("float32")
    clean = autoencoder.predict(noisy, batch_size=len(test), verbose=0)
    return float(np.sum((clean - test) ** 2) / projection_error(x, noisy, test))


def projection_error(x: np.ndarray, noisy: np.ndarray, clean: np.ndarray) -> float:
    """The error that is left after projection, with the best number of axes."""
    mean, axes = pca(x, min(x.shape))
    coordinates = (noisy - mean) @ axes
    results = (
        coordinates[:, :dim] @ axes[:, :dim].T + mean for dim in range(1, axes.shape[1])
    )
    return min(np.sum((result - clean) ** 2) for result in results)


def reached(figure: float) -> bool:
    return figure <= 0.75
