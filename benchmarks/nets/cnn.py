"""CNN of two stages, 16 and 32 filters, on 28x28 images, batches of 64."""

import keras
from examples import labels, points
from native import without_keras

from kerasdl.models.cnn import CNN

STEPS, BATCH = 20, 64
LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def data():
    return points(STEPS * BATCH, 28, 28, 1), labels(STEPS * BATCH, 10)


def ours():
    return CNN(10, widths=(16, 32), units=64)


def keras_layers(layout="channels_last"):
    layers, of = keras.layers, {"data_format": layout}
    return keras.Sequential(
        [
            keras.Input((28, 28, 1) if layout == "channels_last" else (1, 28, 28)),
            layers.Conv2D(16, 3, padding="same", activation="relu", **of),
            layers.MaxPooling2D(2, **of),
            layers.Conv2D(32, 3, padding="same", activation="relu", **of),
            layers.MaxPooling2D(2, **of),
            layers.Flatten(),
            layers.Dense(64, "relu"),
            layers.Dense(10),
        ]
    )


def native(backend):
    return without_keras("cnn", backend, *data(), BATCH)
