"""Denoising autoencoder 64-64-32 and back, batches of 64."""

import keras
from examples import shades

from kerasdl.models.autoencoder import DenoisingAutoencoder
from nets.deep_autoencoder import Autoencoder, dense

STEPS, BATCH = 100, 64
LOSS = None
SIZES = (64, 64, 32)


def data():
    return shades(STEPS * BATCH, 64), None


def ours():
    return DenoisingAutoencoder(SIZES)


def keras_layers():
    noisy = keras.Sequential(
        [keras.Input(SIZES[:1]), keras.layers.GaussianNoise(0.5), dense(SIZES)]
    )
    return Denoising(noisy, dense(SIZES[::-1]))


class Denoising(Autoencoder):
    def call(self, x, training=False):
        return self.decoder(self.encoder(x, training=training))
