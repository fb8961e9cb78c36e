"""A conditional GAN draws the wanted digit: a nearest-neighbour judge agrees with it.

The figure is the share of generated digits, 50 of each class, whose nearest training
image has the wanted label.
"""

import keras
import numpy as np

import kerasdl
from kerasdl import data
from kerasdl.models.conditional_gan import ConditionalGAN
from kerasdl.models.image_discriminator import ImageDiscriminator
from kerasdl.models.image_generator import ImageGenerator

GOAL = "the judge agrees with at least 0.8 of the labels"
EPOCHS, BATCH = 20, 128


def run(seed: int) -> float:
    kerasdl.seed(seed)
    images, labels = data.load("digits")
    x = 2 * images - 1  # in (-1, 1), as the generator's
    gan = ConditionalGAN(
        ImageGenerator(classes=10), ImageDiscriminator(classes=10), noise_dim=16
    )
    gan.build([(None, 8, 8, 1), (None,)])
    rate = keras.optimizers.schedules.CosineDecay(4e-3, EPOCHS * len(x) // BATCH)
    gan.compile(keras.optimizers.Adam(rate, beta_1=0.5))
    gan.fit((x, labels), batch_size=BATCH, epochs=EPOCHS, verbose=0)
    wanted = np.repeat(np.arange(10, dtype="int32"), 50)
    digits = gan.predict((x[: len(wanted)], wanted), batch_size=500, verbose=0)
    return float(np.mean(judged(digits, x, labels) == wanted))


def reached(figure: float) -> bool:
    return figure >= 0.8


def judged(digits: np.ndarray, x: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Generated digits to the labels of their nearest training images."""
    digits, x = digits.reshape(len(digits), -1), x.reshape(len(x), -1)
    distances = np.square(digits).sum(1)[:, None] - 2 * digits @ x.T
    return labels[(distances + np.square(x).sum(1)).argmin(axis=1)]
