"""LeNet-5 on 28x28 images, batches of 64."""

import keras
from examples import labels, points

from kerasdl.models.lenet import LeNet

STEPS, BATCH = 30, 64
LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def data():
    return points(STEPS * BATCH, 28, 28, 1), labels(STEPS * BATCH, 10)


def ours():
    return LeNet(10)


def keras_layers(layout="channels_last"):
    layers, of = keras.layers, {"data_format": layout}
    return keras.Sequential(
        [
            keras.Input((28, 28, 1) if layout == "channels_last" else (1, 28, 28)),
            layers.Conv2D(6, 5, padding="same", activation="tanh", **of),
            layers.AveragePooling2D(2, **of),
            layers.Conv2D(16, 5, activation="tanh", **of),
            layers.AveragePooling2D(2, **of),
            layers.Flatten(),
            layers.Dense(120, "tanh"),
            layers.Dense(84, "tanh"),
            layers.Dense(10),
        ]
    )
