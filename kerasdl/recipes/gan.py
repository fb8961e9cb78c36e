"""A GAN learns a ring of eight Gaussians without forgetting one.

The figure is the share of points that the worst mode gets, of the eighth that it should
have, counting points within three deviations of its centre: about 0.65. One wide
Gaussian would have 0.3, and a GAN that forgets a mode 0.
"""

import keras
import numpy as np

import kerasdl
from kerasdl import data, ring
from kerasdl.models.gan import GAN
from kerasdl.models.mlp import MLP

GOAL = "the worst of the eight modes has at least 0.4 of its share"
EPOCHS, BATCH = 16, 256


def run(seed: int) -> float:
    kerasdl.seed(seed)
    x, _ = data.gaussian_ring(8000, seed=seed)
    generator = MLP((64, 64), 2, name="generator")
    discriminator = MLP((64, 64), 1, activation="leaky_relu", name="discriminator")
    gan = GAN(generator, discriminator, noise_dim=2, blur=0.15)
    gan.build((None, 2))
    gan.compile(optimizer(EPOCHS * len(x) // BATCH))
    gan.fit(kerasdl.Batches(x, x, BATCH, seed), epochs=EPOCHS, verbose=0)
    return ring.coverage(gan.predict(np.zeros((4000, 2)), 4000, verbose=0))


def reached(figure: float) -> bool:
    return figure >= 0.4


def optimizer(steps: int) -> keras.Optimizer:
    """The discriminator learns faster; steps fall and weights are averaged."""

    def adam(rate):
        schedule = keras.optimizers.schedules.CosineDecay(rate, steps)
        return keras.optimizers.Adam(schedule, beta_1=0.5, use_ema=True)

    players = {".*discriminator/.*": adam(2e-2)}
    return keras.optimizers.MultiOptimizer(
        keras.optimizers.OptimizerMap(adam(5e-3), players)
    )
