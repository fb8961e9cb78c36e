"""Conditional GAN of 8x8 images of ten classes, 16 filters, batches of 64."""

import keras
from examples import labels, points
from keras import ops

from kerasdl.models.conditional_gan import ConditionalGAN
from kerasdl.models.image_discriminator import ImageDiscriminator
from kerasdl.models.image_generator import ImageGenerator
from nets.gan import Adversaries

STEPS, BATCH, NOISE = 20, 64, 16
LOSS = None


def data():
    return (points(STEPS * BATCH, 8, 8, 1), labels(STEPS * BATCH, 10)), None


def ours():
    return ConditionalGAN(ImageGenerator(10), ImageDiscriminator(10), NOISE)


def keras_layers():
    return LabelledAdversaries(generator(), discriminator())


def generator():
    layers = keras.layers
    noise, label = keras.Input((NOISE,)), keras.Input((), dtype="int32")
    known = layers.Concatenate()([noise, ops.one_hot(label, 10)])
    x = layers.Reshape((4, 4, 16))(layers.Dense(256, "relu")(known))
    x = layers.UpSampling2D(2)(x)
    x = layers.Conv2D(16, 3, padding="same", activation="relu")(x)
    x = layers.Conv2D(1, 3, padding="same", activation="tanh")(x)
    return keras.Model([noise, label], x)


def discriminator():
    layers = keras.layers
    image, label = keras.Input((8, 8, 1)), keras.Input((), dtype="int32")
    slope = {"strides": 2, "padding": "same", "activation": ops.leaky_relu}
    x = layers.Conv2D(16, 3, **slope)(image)
    x = layers.Flatten()(layers.Conv2D(32, 3, **slope)(x))
    row = layers.Dense(128, use_bias=False)(ops.one_hot(label, 10))
    product = layers.Dot(axes=-1)([row, x])
    return keras.Model([image, label], layers.Dense(1)(x) + product)


class LabelledAdversaries(Adversaries):
    def call(self, inputs, training=False):
        x, label = inputs
        noise = keras.random.normal((ops.shape(x)[0], NOISE), seed=self.seeds)
        return self.generator([noise, label], training=training)

    def compute_loss(
        self, x=None, y=None, y_pred=None, sample_weight=None, training=True
    ):
        image, label = x
        still = ops.stop_gradient(y_pred)
        return self.both_losses([image, label], [still, label], [y_pred, label])
