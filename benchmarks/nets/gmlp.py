"""gMLP, two blocks of size 64, on 28x28 images in patches of 7, batches of 32."""

import keras
import keras_tokens as tokens
from examples import labels, points
from keras import ops

from kerasdl.models.gmlp import GMLP

STEPS, BATCH = 20, 32
LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
DIM, DEPTH, UNITS = 64, 2, 128


def data():
    return points(STEPS * BATCH, 28, 28, 1), labels(STEPS * BATCH, 10)


def ours():
    return GMLP(7, DIM, DEPTH, UNITS, 10)


def keras_layers():
    inputs = keras.Input((28, 28, 1))
    x = tokens.patches(inputs, 7, DIM)
    for _ in range(DEPTH):
        x = block(x)
    return keras.Model(inputs, tokens.head_of_mean(x, 10))


def block(x):
    y = keras.layers.LayerNormalization(epsilon=1e-5)(x)
    y = gated(keras.layers.Dense(UNITS, "gelu")(y))
    return keras.layers.Add()([x, keras.layers.Dense(DIM)(y)])


def gated(x):
    """u times a gate, linear along the tokens: Keras has no layer for that."""
    u, v = ops.split(x, 2, axis=-1)
    v = keras.layers.LayerNormalization(epsilon=1e-5)(v)
    along_tokens = keras.layers.Dense(x.shape[1], bias_initializer="ones")
    gate = keras.layers.Permute((2, 1))(along_tokens(ops.swapaxes(v, 1, 2)))
    return keras.layers.Multiply()([u, gate])
