"""The two dense layers that follow attention in a transformer."""

import keras
from keras import ops

from kerasdl.arguments import check_whole
from kerasdl.layer import Layer
from kerasdl.seeding import GlorotUniform


@keras.saving.register_keras_serializable("kerasdl")
class FeedForward(Layer):
    """Two dense layers with a GELU between them, `(..., dim)` to the same.

    gelu(x W_1 + b_1) W_2 + b_2, the same for every token, with W_1 of shape
    `(dim, units)` and W_2 of `(units, dim)`: 2 dim units + units + dim parameters.

    Args:
        units: number of hidden units, at least 1; 4 dim is usual.

    Raises:
        ValueError: when units is not a positive integer, or dim is unknown.

    Source: Vaswani et al. 2017, https://arxiv.org/abs/1706.03762, section 3.3; GELU
        as in Dosovitskiy et al. 2021, https://arxiv.org/abs/2010.11929.
    """

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        check_whole("FeedForward", units=units)
        self.units = units

    def build(self, input_shape):
        dim = input_shape[-1]
        if dim is None:
            raise ValueError(
                "FeedForward needs inputs of shape (..., dim) with a known dim. "
                f"Received: input_shape={tuple(input_shape)}."
            )
        self.kernel_in = self._kernel((dim, self.units), "kernel_in")
        self.bias_in = self._bias(self.units, "bias_in")
        self.kernel_out = self._kernel((self.units, dim), "kernel_out")
        self.bias_out = self._bias(dim, "bias_out")
        self.input_spec = keras.InputSpec(axes={-1: dim})

    def _kernel(self, shape, name):
        return self.add_weight(shape=shape, initializer=GlorotUniform(), name=name)

    def _bias(self, size, name):
        return self.add_weight(shape=(size,), initializer="zeros", name=name)

    def call(self, x):
        hidden = ops.matmul(x, self.kernel_in) + self.bias_in
        hidden = ops.gelu(hidden, approximate=False)
        return ops.matmul(hidden, self.kernel_out) + self.bias_out

    def compute_output_shape(self, input_shape):
        return input_shape
