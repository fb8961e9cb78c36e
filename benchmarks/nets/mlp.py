"""64-128-64-10 perceptron, batches of 64."""

import keras
from examples import labels, points
from native import without_keras

from kerasdl.models.mlp import MLP

STEPS, BATCH = 200, 64
LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def data():
    return points(STEPS * BATCH, 64), labels(STEPS * BATCH, 10)


def ours():
    return MLP((128, 64), 10)


def keras_layers():
    return keras.Sequential(
        [
            keras.Input((64,)),
            keras.layers.Dense(128, "relu"),
            keras.layers.Dense(64, "relu"),
            keras.layers.Dense(10),
        ]
    )


def native(backend):
    return without_keras("mlp", backend, *data(), BATCH)
