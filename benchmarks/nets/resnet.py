"""ResNet of 8 layers on 16x16 images of 3 channels, batches of 32."""

import keras
from native import without_keras

from kerasdl.models.resnet import ResNet
from nets import plain_net
from nets.plain_net import BATCH, LOSS, STEPS, WIDTHS, data  # noqa: F401


def ours():
    return ResNet(10, depth=8, widths=WIDTHS)


def keras_layers(layout="channels_last"):
    return plain_net.keras_layers(layout, residual_block)


def residual_block(x, width, stride, layout):
    shortcut = x
    if stride > 1:
        shortcut = plain_net.normalized_correlation(x, width, 1, stride, layout)
    x = keras.layers.Add()([plain_net.branch(x, width, stride, layout), shortcut])
    return keras.layers.ReLU()(x)


def native(backend):
    return without_keras("resnet", backend, *data(), BATCH)
