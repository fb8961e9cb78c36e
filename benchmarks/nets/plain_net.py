"""Plain net of 8 layers on 16x16 images of 3 channels, batches of 32."""

import keras
from examples import labels, points

from kerasdl.models.resnet import PlainNet

STEPS, BATCH = 10, 32
LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
WIDTHS = (16, 32, 64)


def data():
    return points(STEPS * BATCH, 16, 16, 3), labels(STEPS * BATCH, 10)


def ours():
    return PlainNet(10, depth=8, widths=WIDTHS)


def keras_layers(layout="channels_last", block=None):
    shape = (16, 16, 3) if layout == "channels_last" else (3, 16, 16)
    x = inputs = keras.Input(shape)
    x = keras.layers.ReLU()(normalized_correlation(x, WIDTHS[0], 3, 1, layout))
    for stage, width in enumerate(WIDTHS):
        x = (block or plain_block)(x, width, 2 if stage else 1, layout)
    x = keras.layers.GlobalAveragePooling2D(data_format=layout)(x)
    return keras.Model(inputs, keras.layers.Dense(10)(x))


def plain_block(x, width, stride, layout):
    return keras.layers.ReLU()(branch(x, width, stride, layout))


def branch(x, width, stride, layout):
    x = keras.layers.ReLU()(normalized_correlation(x, width, 3, stride, layout))
    return normalized_correlation(x, width, 3, 1, layout)


def normalized_correlation(x, width, size, stride, layout):
    x = keras.layers.Conv2D(
        width, size, stride, padding="same", use_bias=False, data_format=layout
    )(x)
    channels = -1 if layout == "channels_last" else 1
    return keras.layers.BatchNormalization(channels, momentum=0.9)(x)
