"""A Wasserstein GAN learns a skewed distribution: waiting times.

The data are exponential, less their mean of 1. The figure is the Wasserstein distance
of 4000 generated values and as many exact ones, about 0.06. If all values were at the
best single place, it would be 0.69.
"""

import keras
import numpy as np

import kerasdl
from kerasdl.metrics.wasserstein import wasserstein_1d
from kerasdl.models.mlp import MLP
from kerasdl.models.wasserstein_gan import WassersteinGAN
from kerasdl.sampling import sample_cdf

GOAL = "Wasserstein distance at most 0.2"
STEPS, BATCH = 180, 256


def run(seed: int) -> float:
    kerasdl.seed(seed)
    x = waiting_times(np.random.default_rng(seed).random((STEPS, BATCH, 1)))
    networks = MLP((32, 32), 1), MLP((32, 32), 1, activation="leaky_relu")
    # A small penalty bends the critic less where there are few points.
    model = WassersteinGAN(*networks, noise_dim=2, penalty=0.1)
    model.build((None, 1))
    generator, critic = adam(5e-3, STEPS), adam(1e-2, 3 * STEPS)
    model.stepwise(generator, critic, critic_steps=3).fit(x)
    generator.finalize_variable_values(model.generator.trainable_variables)
    fakes = model.predict(np.zeros((4000, 1)), batch_size=4000, verbose=0)
    exact = waiting_times((np.arange(4000) + 0.5) / 4000)
    return wasserstein_1d(fakes[:, 0], exact)


def reached(figure: float) -> bool:
    return figure <= 0.2


def waiting_times(uniforms: np.ndarray) -> np.ndarray:
    """Uniform numbers to exponential ones, by inverse transform sampling, less 1.

    Were all above 0, a critic without bias, as it starts, would be linear on them: its
    kinks are at 0, and the biases would never get a gradient.
    """
    times = sample_cdf(lambda x: 1 - np.exp(-x), uniforms, 0, 20)
    return (times - 1).astype("float32")


def adam(rate: float, steps: int) -> keras.Optimizer:
    rate = keras.optimizers.schedules.CosineDecay(rate, steps)
    return keras.optimizers.Adam(rate, 0.0, 0.9, use_ema=True, ema_momentum=0.98)
