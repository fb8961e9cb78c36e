"""ViT, two blocks of size 64, on 28x28 images in patches of 7, batches of 32.

Keras has no class token and no positions: see `keras_tokens`.
"""

import keras
import keras_tokens as tokens
from examples import labels, points
from native import without_keras

from kerasdl.models.vit import ViT

STEPS, BATCH = 20, 32
LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
DIM, DEPTH, HEADS, UNITS = 64, 2, 4, 128


def data():
    return points(STEPS * BATCH, 28, 28, 1), labels(STEPS * BATCH, 10)


def ours():
    return ViT(7, DIM, DEPTH, HEADS, UNITS, 10)


def keras_layers():
    inputs = keras.Input((28, 28, 1))
    x = tokens.ClassToken()(tokens.patches(inputs, 7, DIM))
    x = tokens.Positions()(x)
    for _ in range(DEPTH):
        x = tokens.transformer_block(x, DIM, HEADS, UNITS)
    x = keras.layers.LayerNormalization(epsilon=1e-5)(x)
    return keras.Model(inputs, keras.layers.Dense(10)(x[:, 0]))


def native(backend):
    return without_keras("vit", backend, *data(), BATCH)
