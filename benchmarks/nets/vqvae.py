"""VQ-VAE 64-64-16 and back, 4 tokens out of 32 codes, batches of 64.

Keras has no codebook: the twin's is `keras.ops`, with moving averages and restarts.
"""

import keras
from examples import shades
from keras import ops

from kerasdl.models.vqvae import VQVAE
from nets.deep_autoencoder import dense

STEPS, BATCH = 50, 64
LOSS = None
SIZES, CODES, TOKENS, COMMITMENT = (64, 64, 16), 32, 4, 0.25


def data():
    return shades(STEPS * BATCH, 64), None


def ours():
    return VQVAE(SIZES, CODES, TOKENS)


def keras_layers():
    return QuantizedAutoencoder(dense(SIZES), dense(SIZES[::-1]))


class Codebook(keras.layers.Layer):
    def __init__(self, decay=0.99, dead=0.03):
        super().__init__()
        self.decay, self.dead = decay, dead
        self.seeds = keras.random.SeedGenerator(0)

    def build(self, input_shape):
        shape = (CODES, input_shape[-1])
        self.codes = self.add_weight(shape, "random_normal", trainable=False)
        self.counts = self.add_weight((CODES,), "zeros", trainable=False)

    def call(self, x, training=False):
        vectors = ops.reshape(x, (-1, x.shape[-1]))
        codes = ops.convert_to_tensor(self.codes)
        products = ops.matmul(ops.stop_gradient(vectors), ops.transpose(codes))
        squares = ops.sum(ops.square(codes), axis=-1)
        numbers = ops.argmin(squares - 2 * products, axis=-1)
        chosen = ops.take(codes, numbers, axis=0)
        distances = ops.sum(ops.square(vectors - chosen), axis=-1)
        if training:
            self.learn(ops.stop_gradient(vectors), numbers)
        chosen = ops.reshape(chosen, ops.shape(x))
        numbers = ops.reshape(numbers, (-1, TOKENS))
        distances = ops.reshape(distances, (-1, TOKENS))
        return x + ops.stop_gradient(chosen - x), numbers, distances

    def learn(self, vectors, numbers):
        choice = ops.one_hot(numbers, CODES)
        share = ops.cast(ops.shape(vectors)[0], "float32") / CODES
        counts = self.moved(self.counts, ops.sum(choice, axis=0))
        before = ops.expand_dims(self.counts, -1) * self.codes
        sums = self.moved(before, ops.matmul(ops.transpose(choice), vectors))
        means = sums / ops.expand_dims(ops.maximum(counts, 1e-20), -1)
        rows = keras.random.randint((CODES,), 0, ops.shape(vectors)[0], seed=self.seeds)
        fresh, alive = ops.take(vectors, rows, axis=0), counts > self.dead * share
        self.codes.assign(ops.where(ops.expand_dims(alive, -1), means, fresh))
        self.counts.assign(ops.where(alive, counts, share))

    def moved(self, average, new):
        return self.decay * average + (1 - self.decay) * new


class QuantizedAutoencoder(keras.Model):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder, self.codebook = encoder, decoder, Codebook()
        names = ("reconstruction", "distance", "perplexity")
        self.means = [keras.metrics.Mean(name=name) for name in names]

    def call(self, x, training=False):
        z = ops.reshape(self.encoder(x), (-1, TOKENS, SIZES[-1] // TOKENS))
        chosen, numbers, distances = self.codebook(z, training=training)
        return self.decoder(ops.reshape(chosen, (-1, SIZES[-1]))), numbers, distances

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        outputs, numbers, distances = y_pred
        reconstruction = ops.mean(ops.sum(ops.square(x - outputs), axis=-1))
        distance = ops.mean(ops.sum(distances, axis=-1))
        values = (reconstruction, distance, perplexity(numbers))
        for mean, value in zip(self.means, values, strict=True):
            mean.update_state(value)
        return reconstruction + COMMITMENT * distance


def perplexity(numbers):
    shares = ops.mean(ops.one_hot(ops.reshape(numbers, (-1,)), CODES), axis=0)
    return ops.exp(-ops.sum(shares * ops.log(ops.maximum(shares, 1e-20))))
