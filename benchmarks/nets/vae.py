"""VAE 64-64-8 and back, batches of 64."""

import keras
from examples import shades
from keras import ops

from kerasdl.models.vae import VAE
from nets.deep_autoencoder import dense

STEPS, BATCH = 100, 64
LOSS = None
SIZES = (64, 64, 8)


def data():
    return shades(STEPS * BATCH, 64), None


def ours():
    return VAE(SIZES)


def keras_layers():
    return VariationalAutoencoder(dense(SIZES, 2 * SIZES[-1]), dense(SIZES[::-1]))


class Sampling(keras.layers.Layer):
    """A sample of a Gaussian: Keras has no layer for it."""

    def __init__(self):
        super().__init__()
        self.seeds = keras.random.SeedGenerator(0)

    def call(self, mean, log_variance):
        noise = keras.random.normal(ops.shape(mean), seed=self.seeds)
        return mean + ops.exp(0.5 * log_variance) * noise


class VariationalAutoencoder(keras.Model):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder, self.sample = encoder, decoder, Sampling()
        self.reconstruction = keras.metrics.Mean(name="reconstruction")
        self.kl = keras.metrics.Mean(name="kl")

    def call(self, x):
        mean, log_variance = ops.split(self.encoder(x), 2, axis=-1)
        return self.decoder(self.sample(mean, log_variance)), mean, log_variance

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        logits, mean, log_variance = y_pred
        entropies = ops.binary_crossentropy(x, logits, from_logits=True)
        reconstruction = ops.mean(ops.sum(entropies, axis=-1))
        terms = ops.square(mean) + ops.exp(log_variance) - 1 - log_variance
        kl = ops.mean(0.5 * ops.sum(terms, axis=-1))
        self.reconstruction.update_state(reconstruction)
        self.kl.update_state(kl)
        return reconstruction + kl
