"""Concatenating net, two stages of three blocks, on 16x16 images, batches of 32."""

import keras
from examples import labels, points

from kerasdl.models.concatenating_net import ConcatenatingNet

STEPS, BATCH, GROWTH = 10, 32, 8
LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def data():
    return points(STEPS * BATCH, 16, 16, 3), labels(STEPS * BATCH, 10)


def ours():
    return ConcatenatingNet(10, growth=GROWTH, blocks=(3, 3))


def keras_layers(layout="channels_last"):
    shape = (16, 16, 3) if layout == "channels_last" else (3, 16, 16)
    x = inputs = keras.Input(shape)
    x = stage(correlation(x, 2 * GROWTH, 3, layout), layout)
    x = correlation(x, (2 + 3) * GROWTH // 2, 1, layout)
    x = stage(keras.layers.AveragePooling2D(2, data_format=layout)(x), layout)
    x = activated(x, layout)
    x = keras.layers.GlobalAveragePooling2D(data_format=layout)(x)
    return keras.Model(inputs, keras.layers.Dense(10)(x))


def stage(x, layout):
    channels = -1 if layout == "channels_last" else 1
    for _ in range(3):
        new = correlation(activated(x, layout), GROWTH, 3, layout)
        x = keras.layers.Concatenate(axis=channels)([x, new])
    return x


def activated(x, layout):
    channels = -1 if layout == "channels_last" else 1
    x = keras.layers.BatchNormalization(channels, momentum=0.9)(x)
    return keras.layers.ReLU()(x)


def correlation(x, filters, size, layout):
    return keras.layers.Conv2D(
        filters, size, padding="same", use_bias=False, data_format=layout
    )(x)
