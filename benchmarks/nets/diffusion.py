"""Diffusion of points of 2 numbers, a perceptron of 64-64-64, 50 steps, batches of 128.

Keras has no layers of diffusion: noise and timesteps are `keras.random` and `keras.ops`
in the twin.
"""

import keras
import numpy as np
from examples import points
from keras import ops

from kerasdl import noise_schedules
from kerasdl.models.conditioned_mlp import ConditionedMLP
from kerasdl.models.denoiser import Denoiser
from kerasdl.models.diffusion import Diffusion
from nets.deep_autoencoder import dense

STEPS, BATCH = 100, 128
LOSS = None
EMBEDDING, BETAS = 16, noise_schedules.cosine(50)


def data():
    return points(STEPS * BATCH, 2), None


def ours():
    network = ConditionedMLP((64, 64, 64), outputs=2)
    return Diffusion(Denoiser(network, EMBEDDING), BETAS)


def keras_layers():
    return NoisePredictor()


class NoisePredictor(keras.Model):
    def __init__(self, dim=2):
        super().__init__()
        layers = keras.layers
        self.embedding = keras.Sequential(
            [
                keras.Input((EMBEDDING,)),
                layers.Dense(EMBEDDING, "silu"),
                layers.Dense(EMBEDDING),
            ]
        )
        self.network = dense((dim + EMBEDDING, 64, 64, 64, dim))
        self.seeds = keras.random.SeedGenerator(0)
        kept = noise_schedules.alpha_bars(BETAS)
        self.signal = np.sqrt(kept).astype("float32")
        self.deviation = np.sqrt(1 - kept).astype("float32")
        exponents = np.arange(0, EMBEDDING, 2) / EMBEDDING
        self.frequencies = (10_000.0**-exponents).astype("float32")

    def call(self, x):
        return self.predicted(x, lambda embedding: embedding)

    def predicted(self, x, told):
        """`told` adds what else is known to the timestep's embedding."""
        steps, noise = self.draw(x)
        signal = ops.take(ops.convert_to_tensor(self.signal), steps)
        deviation = ops.take(ops.convert_to_tensor(self.deviation), steps)
        noisy = ops.expand_dims(signal, 1) * x + ops.expand_dims(deviation, 1) * noise
        frequencies = ops.convert_to_tensor(self.frequencies)
        angles = ops.expand_dims(ops.cast(steps, "float32"), 1) * frequencies
        waves = ops.concatenate([ops.sin(angles), ops.cos(angles)], axis=1)
        embedding = ops.silu(told(self.embedding(waves)))
        return self.network(ops.concatenate([noisy, embedding], axis=1)) - noise

    def draw(self, x):
        """Timesteps, spread evenly with one random shift, and noise."""
        batch = ops.shape(x)[0]
        places = ops.arange(batch, dtype="float32") + 0.5
        places = places / ops.cast(batch, "float32")
        places = (places + keras.random.uniform((), seed=self.seeds)) % 1.0
        steps = ops.cast(places * len(BETAS), "int32")
        noise = keras.random.normal(ops.shape(x), seed=self.seeds)
        return ops.minimum(steps, len(BETAS) - 1), noise

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        return ops.mean(ops.square(y_pred))
