"""The maxout layer: an activation that is learned."""

import keras
from keras import ops

from kerasdl.arguments import check_whole
from kerasdl.layer import Layer
from kerasdl.seeding import GlorotUniform


@keras.saving.register_keras_serializable("kerasdl")
class Maxout(Layer):
    """Maxout, `(..., dim)` to `(..., units)`: max_k (x W_k + b_k).

    Each unit takes the largest of several linear pieces, so it learns its activation:
    any convex function, the closer the more pieces. ReLU and the absolute value need
    two pieces. A unit never saturates: its slope is that of one of its pieces.

    Parameters: pieces * (dim + 1) * units. The biases start at zero.

    Args:
        units: number of outputs, at least 1.
        pieces: linear functions per output, at least 2 (the lecture's number).

    Raises:
        ValueError: when `units` or `pieces` is not such a number, or the last axis of
            the input is unknown.

    Source: Goodfellow et al. 2013, https://arxiv.org/abs/1302.4389
    """

    def __init__(self, units, pieces=2, **kwargs):
        super().__init__(**kwargs)
        check_whole("Maxout", units=units)
        check_whole("Maxout", least=2, pieces=pieces)  # with one it is a Dense layer
        self.units, self.pieces = units, pieces

    def build(self, input_shape):
        dim = input_shape[-1] if len(input_shape) > 1 else None
        if dim is None:
            raise ValueError(
                "Maxout needs inputs of shape (batch, ..., dim) with a known dim. "
                f"Received: input_shape={tuple(input_shape)}. "
                "Add the batch axis, or give the size of the last one."
            )
        outputs = self.units * self.pieces
        self.kernel = self.add_weight(
            shape=(dim, outputs), initializer=GlorotUniform(), name="kernel"
        )
        self.bias = self.add_weight(shape=(outputs,), initializer="zeros", name="bias")
        self.input_spec = keras.InputSpec(min_ndim=2, axes={-1: dim})

    def call(self, x):
        pieces = ops.matmul(x, self.kernel) + self.bias
        shape = (*ops.shape(x)[:-1], self.units, self.pieces)
        return ops.max(ops.reshape(pieces, shape), axis=-1)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.units)
