"""A VAE of black and white digits: a test ELBO of about -19.4 nats per image.

Independent pixels, each as often white as in the training images, reach -24.7.
"""

import keras

import kerasdl
from kerasdl import data
from kerasdl.models.vae import VAE

GOAL = "test ELBO at least -20 nats per image"


def run(seed: int, epochs: int = 40) -> float:
    kerasdl.seed(seed)
    x, test = black_and_white("train"), black_and_white("test")
    vae = VAE((64, 128, 8))
    batches = data.Batches(x, x, batch_size=128, seed=seed)
    rate = keras.optimizers.schedules.CosineDecay(5e-3, epochs * len(batches))
    vae.build((None, 64))
    vae.compile(keras.optimizers.Adam(rate))
    vae.fit(batches, epochs=epochs, verbose=0)
    return -vae.evaluate(test, batch_size=len(test), return_dict=True, verbose=0)[
        "loss"
    ]


def black_and_white(split: str):
    """Digits `(n, 64)` of 0 and 1: the likelihood of other shades is no probability."""
    images, _ = data.load("digits", split)
    return (images.reshape(len(images), -1) > 0.5).astype("float32")


def reached(figure: float) -> bool:
    return figure >= -20
