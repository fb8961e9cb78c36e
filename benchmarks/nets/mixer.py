"""MLP-Mixer, two blocks of size 64, on 28x28 images in patches of 7, batches of 32."""

import keras
import keras_tokens as tokens
from examples import labels, points

from kerasdl.models.mixer import Mixer

STEPS, BATCH = 20, 32
LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
DIM, DEPTH, TOKEN_UNITS, CHANNEL_UNITS = 64, 2, 32, 128


def data():
    return points(STEPS * BATCH, 28, 28, 1), labels(STEPS * BATCH, 10)


def ours():
    return Mixer(7, DIM, DEPTH, TOKEN_UNITS, CHANNEL_UNITS, 10)


def keras_layers():
    inputs = keras.Input((28, 28, 1))
    x = tokens.patches(inputs, 7, DIM)
    for _ in range(DEPTH):
        x = block(x)
    return keras.Model(inputs, tokens.head_of_mean(x, 10))


def block(x):
    y = keras.layers.LayerNormalization(epsilon=1e-5)(x)
    y = keras.layers.Permute((2, 1))(y)
    y = tokens.feed_forward(y, TOKEN_UNITS, x.shape[1])
    x = keras.layers.Add()([x, keras.layers.Permute((2, 1))(y)])
    y = keras.layers.LayerNormalization(epsilon=1e-5)(x)
    return keras.layers.Add()([x, tokens.feed_forward(y, CHANNEL_UNITS, DIM)])
