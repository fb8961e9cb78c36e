"""A network that tells zebras from horses uses the concept "striped": p is 0.05."""

import keras
import numpy as np
from keras import layers

import kerasdl
from kerasdl import data, explain, losses

GOAL = "p-value at most 0.05, the least that 19 random sets allow"


def run(seed: int) -> float:
    """The p-value of "to this network, stripes are like a random set of images"."""
    kerasdl.seed(seed)
    random = np.random.default_rng(seed)
    zebras = discs(200, random) * stripes(200, random)
    horses = discs(200, random) * 0.5
    features, head = explain.split_model(trained(zebras, horses, seed), "features")
    digits = random.permutation(data.load()[0])
    random_sets = [digits[30 * n :][:30] for n in range(19)]
    concept = stripes(30, random)
    return explain.concept_test(features, head, zebras, 0, concept, random_sets).p_value


def reached(figure: float) -> bool:
    return figure <= 0.05


def stripes(n: int, random) -> np.ndarray:
    """Images `(n, 8, 8, 1)` of black and white stripes, upright or not."""
    images = np.tile(np.arange(8) % 2, (n, 8, 1)).astype("float32")
    images = np.where(random.random((n, 1, 1)) < 0.5, images, 1 - images)
    turned = random.random((n, 1, 1)) < 0.5
    return np.where(turned, images.swapaxes(1, 2), images)[..., None]


def discs(n: int, random) -> np.ndarray:
    """Images `(n, 8, 8, 1)`, 1 within a disc and 0 outside."""
    places, radii = random.uniform(3, 5, size=(n, 1, 1, 2)), random.uniform(2, 4, n)
    pixels = np.stack(np.meshgrid(np.arange(8), np.arange(8)), axis=-1)
    distances = np.linalg.norm(pixels - places, axis=-1, keepdims=True)
    return (distances < radii[:, None, None, None]).astype("float32")


def trained(zebras, horses, seed) -> keras.Sequential:
    start = kerasdl.HeNormal()
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(8, 3, activation="relu", kernel_initializer=start),
            layers.Flatten(),
            kerasdl.Dense(16, "relu", name="features"),
            kerasdl.Dense(2),
        ]
    )
    x = np.concatenate([zebras, horses])
    y = np.eye(2, dtype="float32")[np.repeat([0, 1], [len(zebras), len(horses)])]
    model.compile(keras.optimizers.Adam(0.01), losses.log_loss)
    model.fit(data.Batches(x, y, 50, seed), epochs=5, verbose=0)
    return model
