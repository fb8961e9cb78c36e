"""Linear autoencoder 64-8 and back, without bias, batches of 64."""

import keras
from examples import shades

from kerasdl.models.autoencoder import LinearAutoencoder
from nets.deep_autoencoder import Autoencoder

STEPS, BATCH = 100, 64
LOSS = None


def data():
    return shades(STEPS * BATCH, 64), None


def ours():
    return LinearAutoencoder(8)


def keras_layers():
    return Autoencoder(matrix(64, 8), matrix(8, 64))


def matrix(inputs, outputs):
    dense = keras.layers.Dense(outputs, use_bias=False)
    return keras.Sequential([keras.Input((inputs,)), dense])
