"""Recurrent classifier, 32 units, on 20 steps of 8 numbers, batches of 32."""

import keras
from examples import labels, points

from kerasdl.models.recurrent_classifier import RecurrentClassifier

STEPS, BATCH = 30, 32
LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def data():
    return points(STEPS * BATCH, 20, 8), labels(STEPS * BATCH, 3)


def ours():
    return RecurrentClassifier(32, 3)


def keras_layers():
    return keras.Sequential(
        [
            keras.Input((20, 8)),
            keras.layers.SimpleRNN(32),
            keras.layers.Dense(3),
        ]
    )
