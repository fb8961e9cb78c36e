"""64-128-64-10 perceptron, batches of 64."""

import keras
import numpy as np

from kerasdl.models.mlp import MLP

STEPS, BATCH = 200, 64
LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def data():
    random = np.random.default_rng(0)
    x = random.normal(size=(STEPS * BATCH, 64)).astype("float32")
    return x, random.integers(10, size=len(x)).astype("int32")


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
