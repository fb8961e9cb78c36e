"""GAN of two perceptrons of 64-64 on points of 2 numbers, batches of 128."""

import keras
from examples import points
from keras import ops

from kerasdl.models.gan import GAN
from kerasdl.models.mlp import MLP
from nets.deep_autoencoder import dense

STEPS, BATCH, NOISE = 100, 128, 8
LOSS = None


def data():
    return points(STEPS * BATCH, 2), None


def ours():
    return GAN(MLP((64, 64), 2), MLP((64, 64), 1), NOISE)


def keras_layers():
    return Adversaries(dense((NOISE, 64, 64, 2)), dense((2, 64, 64, 1)))


class Adversaries(keras.Model):
    def __init__(self, generator, discriminator):
        super().__init__()
        self.generator, self.discriminator = generator, discriminator
        self.seeds = keras.random.SeedGenerator(0)
        self.cross_entropy = keras.losses.BinaryCrossentropy(from_logits=True)
        self.d_loss = keras.metrics.Mean(name="d_loss")
        self.g_loss = keras.metrics.Mean(name="g_loss")

    def call(self, x, training=False):
        noise = keras.random.normal((ops.shape(x)[0], NOISE), seed=self.seeds)
        return self.generator(noise, training=training)

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        return self.both_losses(x, ops.stop_gradient(y_pred), y_pred, training)

    def both_losses(self, real, still, fake, training=True):
        real = self.discriminator(real, training=training)
        still = self.discriminator(still, training=training)
        d_loss = self.cross_entropy(ops.ones_like(real), real)
        d_loss = d_loss + self.cross_entropy(ops.zeros_like(still), still)
        judged = self.judged_by_constant_weights(fake, training)
        g_loss = self.cross_entropy(ops.ones_like(judged), judged)
        self.d_loss.update_state(d_loss)
        self.g_loss.update_state(g_loss)
        return d_loss + g_loss

    def judged_by_constant_weights(self, fake, training):
        judge = self.discriminator
        weights = [ops.stop_gradient(v.value) for v in judge.trainable_variables]
        state = [v.value for v in judge.non_trainable_variables]
        return judge.stateless_call(weights, state, fake, training=training)[0]
