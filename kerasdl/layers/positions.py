"""Where a token stands: added to what it is."""

import keras
import numpy as np
from keras import ops

from kerasdl.arguments import check_whole
from kerasdl.layer import Layer
from kerasdl.layers.multi_head_attention import check_tokens
from kerasdl.seeding import Normal


@keras.saving.register_keras_serializable("kerasdl")
class LearnedPositions(Layer):
    """Learned positions, `(batch, tokens, dim)` to the same: x_t + p_t.

    One learned vector for each place. Without positions a transformer sees its tokens
    as a set, in no order. length * dim parameters.

    Args:
        length: the largest number of tokens; shorter inputs use the first vectors.
            None takes the number of tokens of the first input.

    Raises:
        ValueError: when length is not a positive integer, or the input is longer.

    Source: Dosovitskiy et al. 2021, https://arxiv.org/abs/2010.11929, section 3.1;
        lecture, positional embedding (phi(f, t) = f + t).
    """

    def __init__(self, length=None, **kwargs):
        super().__init__(**kwargs)
        if length is not None:
            check_whole("LearnedPositions", length=length)
        self.length = length

    def build(self, input_shape):
        check_tokens("LearnedPositions", input_shape)
        _, tokens, dim = input_shape
        length = tokens if self.length is None else self.length
        if length is None:
            raise ValueError(
                "LearnedPositions needs to know the number of tokens. Received: "
                f"input_shape={tuple(input_shape)}, length=None. Give the length."
            )
        self.positions = self.add_weight(
            shape=(length, dim), initializer=Normal(stddev=0.02), name="positions"
        )
        self.input_spec = keras.InputSpec(ndim=3, axes={-1: dim})

    def call(self, x):
        x = ops.cast(x, self.compute_dtype)
        tokens, length = x.shape[1], self.positions.shape[0]
        if tokens is not None and tokens > length:
            raise ValueError(
                f"LearnedPositions has learned {length} positions. Received: {tokens} "
                "tokens. Shorten the input, or make the layer with a larger length."
            )
        return x + self.positions[: ops.shape(x)[1]]

    def compute_output_shape(self, input_shape):
        return input_shape


@keras.saving.register_keras_serializable("kerasdl")
class SinusoidalPositions(Layer):
    """Sinusoidal positions, `(batch, tokens, dim)` to the same: x_t + p_t.

        p_t = [sin(t w_0), cos(t w_0), sin(t w_1), cos(t w_1), ...],
        w_i = 10000^(-2i / dim), t = 0, 1, 2, ...

    A clock with dim / 2 hands, from fast to slow: the dot product of two positions
    depends on their distance only, and moving on by n is a fixed rotation of p. Works
    for any number of tokens. 0 parameters.

    Raises:
        ValueError: when dim is odd, or the input is not `(batch, tokens, dim)`.

    Source: Vaswani et al. 2017, https://arxiv.org/abs/1706.03762, section 3.5.
    """

    def build(self, input_shape):
        check_tokens("SinusoidalPositions", input_shape)
        if input_shape[-1] % 2:
            raise ValueError(
                "SinusoidalPositions needs an even dim: each frequency has a sine and "
                f"a cosine. Received: input_shape={tuple(input_shape)}."
            )

    def call(self, x):
        x = ops.cast(x, self.compute_dtype)
        return x + ops.cast(sinusoids(ops.shape(x)[1], x.shape[-1]), x.dtype)

    def compute_output_shape(self, input_shape):
        return input_shape


def sinusoids(tokens, dim):
    """The positions p `(tokens, dim)`, float32, in [-1, 1]."""
    frequencies = 10000.0 ** (-np.arange(0, dim, 2) / dim)
    place = ops.expand_dims(ops.cast(ops.arange(tokens), "float32"), 1)
    angles = ops.multiply(place, frequencies.astype("float32"))
    return ops.reshape(ops.stack([ops.sin(angles), ops.cos(angles)], -1), (-1, dim))
