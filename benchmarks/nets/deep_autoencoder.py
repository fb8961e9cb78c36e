"""Autoencoder 64-64-32-8 and back, batches of 64."""

import keras
from examples import shades
from keras import ops

from kerasdl.models.autoencoder import DeepAutoencoder

STEPS, BATCH = 100, 64
LOSS = None
SIZES = (64, 64, 32, 8)


def data():
    return shades(STEPS * BATCH, 64), None


def ours():
    return DeepAutoencoder(SIZES)


def keras_layers():
    return Autoencoder(dense(SIZES), dense(SIZES[::-1]))


def dense(sizes, outputs=None):
    """Sizes, from the input on, to dense layers; ReLU between, none at the end."""
    hidden = [keras.layers.Dense(size, "relu") for size in sizes[1:-1]]
    last = keras.layers.Dense(outputs or sizes[-1])
    return keras.Sequential([keras.Input(sizes[:1]), *hidden, last])


class Autoencoder(keras.Model):
    """The sum of squares needs a loss of its own, as ours has."""

    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder

    def call(self, x):
        return self.decoder(self.encoder(x))

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        return ops.mean(ops.sum(ops.square(x - y_pred), axis=-1))
