"""One step of a recurrent network."""

import keras
from keras import ops

from kerasdl import activations
from kerasdl.arguments import check_whole
from kerasdl.layer import Layer
from kerasdl.seeding import GlorotUniform


@keras.saving.register_keras_serializable("kerasdl")
class RecurrentCell(Layer):
    """One step: input `(batch, dim)` and state `(batch, units)` to the next state.

    h' = a(x W + h U + b). The state is all that the network remembers of earlier
    steps. U starts with variance 1 / units, so that h U is at first about as long as h,
    however many steps follow; b starts at zero.

    Parameters: (dim + units + 1) * units.

    Args:
        units: size of the state, at least 1.
        activation: a name that `kerasdl.activations.get` knows, or a function.

    Raises:
        ValueError: when `units` is not a positive integer or the activation unknown.

    Source: Elman 1990, https://doi.org/10.1207/s15516709cog1402_1; lecture, neural
    network zoo
    """

    def __init__(self, units, activation="tanh", **kwargs):
        super().__init__(**kwargs)
        check_whole("RecurrentCell", units=units)
        self.units = units
        self.activation = activations.get(activation)

    def build(self, x_shape, state_shape=None):
        self.kernel = self.add_weight(
            shape=(x_shape[-1], self.units), initializer=GlorotUniform(), name="kernel"
        )
        self.recurrent_kernel = self.add_weight(
            shape=(self.units, self.units),
            initializer=GlorotUniform(),
            name="recurrent",
        )
        self.bias = self.add_weight(
            shape=(self.units,), initializer="zeros", name="bias"
        )
        self.input_spec = keras.InputSpec(ndim=2, axes={-1: x_shape[-1]})

    def call(self, x, state):
        return self.step(self.project(x), state)

    def project(self, x):
        """Inputs `(..., dim)` to their part of the sum, `(..., units)`."""
        return ops.matmul(x, self.kernel) + self.bias

    def step(self, projected, state):
        """A projected input and a state, both `(batch, units)`, to the next state."""
        return self.activation(projected + ops.matmul(state, self.recurrent_kernel))

    def compute_output_shape(self, x_shape, state_shape=None):
        return (x_shape[0], self.units)

    def get_config(self):
        return {
            **super().get_config(),
            "units": self.units,
            "activation": activations.serialize(self.activation),
        }
