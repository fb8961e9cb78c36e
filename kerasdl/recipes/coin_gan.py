"""A GAN learns a coin from its tosses: heads 0.30 of the time.

Heads are +1 and tails -1; 1500 of the 5000 tosses are heads. The generator turns one
normal number into one number near +1 or -1. The figure is the share of heads in 20,000
generated tosses, about 0.31 +- 0.01; the losses alone do not show it.
"""

import keras
import numpy as np
from keras import ops

import kerasdl
from kerasdl.models.gan import GAN
from kerasdl.models.mlp import MLP

GOAL = "P(heads) within 0.05 of 0.30"
EPOCHS, BATCH = 40, 500


def run(seed: int) -> float:
    kerasdl.seed(seed)
    x = np.repeat(np.array([1, -1], "float32"), [1500, 3500])[:, None]
    side = keras.layers.Activation(lambda logit: ops.tanh(4 * logit))
    generator = keras.Sequential([MLP(16, 1), side], name="generator")
    discriminator = MLP(32, 1, activation="leaky_relu", name="discriminator")
    # Without blur the two sides do not overlap, and the generator soon makes one only.
    gan = GAN(generator, discriminator, noise_dim=1, blur=0.7)
    gan.build((None, 1))
    gan.compile(optimizer(EPOCHS * len(x) // BATCH))
    gan.fit(kerasdl.Batches(x, x, BATCH, seed), epochs=EPOCHS, verbose=0)
    return float(np.mean(gan.predict(np.zeros((20_000, 1)), 20_000, verbose=0) > 0))


def reached(figure: float) -> bool:
    return abs(figure - 0.30) < 0.05


def optimizer(steps: int) -> keras.Optimizer:
    """The discriminator learns faster; steps fall and weights are averaged."""

    def adam(rate):
        schedule = keras.optimizers.schedules.CosineDecay(rate, steps)
        return keras.optimizers.Adam(schedule, beta_1=0.5, use_ema=True)

    players = {".*discriminator/.*": adam(2e-2)}
    return keras.optimizers.MultiOptimizer(
        keras.optimizers.OptimizerMap(adam(1e-2), players)
    )
