"""The fully connected layer."""

import keras
from keras import ops

from kerasdl import activations
from kerasdl.arguments import is_whole
from kerasdl.layer import Layer
from kerasdl.seeding import GlorotUniform


@keras.saving.register_keras_serializable("kerasdl")
class Dense(Layer):
    """Fully connected layer, `(..., dim)` to `(..., units)`: a(x W + b).

    W has shape `(dim, units)` and starts as the initializer draws it; b has shape
    `(units,)` and starts at zero. The lecture writes W x for one column x; with one
    example per row it is x W, and W is transposed.

    Args:
        units: number of outputs, at least 1.
        activation: a name that `kerasdl.activations.get` knows, a function, or None.
        kernel_initializer: how W starts; None is `kerasdl.GlorotUniform()`.

    Raises:
        ValueError: when `units` is not a positive integer, the activation is unknown,
            or the last axis of the input is unknown or changes.

    Source: lecture, multilayer perceptron.
    """

    def __init__(self, units, activation=None, kernel_initializer=None, **kwargs):
        super().__init__(**kwargs)
        if not is_whole(units) or units < 1:
            raise ValueError(
                "Dense needs a whole number of units, at least 1. "
                f"Received: units={units!r}. Write Dense(16), for example."
            )
        self.units = int(units)
        self.activation = activations.get(activation)
        self.kernel_initializer = (
            GlorotUniform()
            if kernel_initializer is None
            else keras.initializers.get(kernel_initializer)
        )

    def build(self, input_shape):
        dim = input_shape[-1] if len(input_shape) > 1 else None
        if dim is None:
            raise ValueError(
                "Dense needs inputs of shape (batch, ..., dim) with a known dim. "
                f"Received: input_shape={tuple(input_shape)}. "
                "Add the batch axis, or give the size of the last one."
            )
        self.kernel = self.add_weight(
            shape=(dim, self.units), initializer=self.kernel_initializer, name="kernel"
        )
        self.bias = self.add_weight(
            shape=(self.units,), initializer="zeros", name="bias"
        )
        self.input_spec = keras.InputSpec(min_ndim=2, axes={-1: dim})

    def call(self, x):
        return self.activation(ops.matmul(x, self.kernel) + self.bias)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.units)

    def get_config(self):
        return {
            **super().get_config(),
            "units": self.units,
            "activation": activations.serialize(self.activation),
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
        }
