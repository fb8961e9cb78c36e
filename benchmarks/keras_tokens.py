"""Tokens with Keras's own layers: what several twins of `nets` share.

Keras has no layer for positions, nor for a class token: these two are written here.
"""

import keras
from keras import ops


def patches(images, patch, dim):
    """Images to tokens `(batch, tokens, dim)`."""
    x = keras.layers.Conv2D(dim, patch, patch)(images)
    return keras.layers.Reshape((-1, dim))(x)


def transformer_block(x, dim, heads, units, causal=False):
    y = keras.layers.LayerNormalization(epsilon=1e-5)(x)
    attention = keras.layers.MultiHeadAttention(heads, dim // heads)
    x = keras.layers.Add()([x, attention(y, y, use_causal_mask=causal)])
    y = keras.layers.LayerNormalization(epsilon=1e-5)(x)
    return keras.layers.Add()([x, feed_forward(y, units, dim)])


def feed_forward(x, units, dim):
    return keras.layers.Dense(dim)(keras.layers.Dense(units, "gelu")(x))


def head_of_mean(x, classes):
    x = keras.layers.LayerNormalization(epsilon=1e-5)(x)
    return keras.layers.Dense(classes)(keras.layers.GlobalAveragePooling1D()(x))


class Positions(keras.layers.Layer):
    """x_t + p_t, one learned vector for each place."""

    def build(self, input_shape):
        self.positions = self.add_weight(shape=input_shape[1:], name="positions")

    def call(self, x):
        return x + self.positions


class ClassToken(keras.layers.Layer):
    """One learned token before the others."""

    def build(self, input_shape):
        self.token = self.add_weight(shape=(1, 1, input_shape[-1]), name="token")

    def call(self, x):
        token = ops.broadcast_to(self.token, (ops.shape(x)[0], 1, x.shape[-1]))
        return ops.concatenate([token, x], axis=1)
