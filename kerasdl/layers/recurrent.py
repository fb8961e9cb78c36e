"""A recurrent layer: one cell, applied to every step of a sequence."""

import keras
from keras import ops

from kerasdl.layer import Layer
from kerasdl.layers.recurrent_cell import RecurrentCell


@keras.saving.register_keras_serializable("kerasdl")
class Recurrent(Layer):
    """Recurrent layer, `(batch, steps, dim)` to its last state, `(batch, units)`.

    h_t = a(x_t W + h_{t-1} U + b), from h_0 = 0, with the same W, U and b at every
    step. What does not depend on the state, x W + b, is computed for all steps at once.

    Parameters: those of `RecurrentCell`, (dim + units + 1) * units.

    Args:
        units: size of the state, at least 1.
        activation: as in `RecurrentCell`.
        return_sequences: whether to return the states of all steps,
            `(batch, steps, units)`, instead of the last.

    Raises:
        ValueError: when the input does not have three axes, its dim is unknown or it
            has no steps, or an argument is not one that `RecurrentCell` takes.

    Source: lecture, neural network zoo
    """

    def __init__(self, units, activation="tanh", return_sequences=False, **kwargs):
        super().__init__(**kwargs)
        self.cell = RecurrentCell(units, activation, dtype=self.dtype_policy)
        self.return_sequences = return_sequences

    def build(self, input_shape):
        if len(input_shape) != 3 or input_shape[-1] is None:
            raise ValueError(
                "Recurrent needs inputs of shape (batch, steps, dim) with a known dim. "
                f"Received: input_shape={tuple(input_shape)}. For one number per step "
                "add a last axis: x[..., None]."
            )
        self.cell.build((input_shape[0], input_shape[-1]))
        self.input_spec = keras.InputSpec(ndim=3, axes={-1: input_shape[-1]})

    def call(self, x):
        if x.shape[1] == 0:
            raise ValueError(
                "Recurrent needs sequences of at least one step. "
                f"Received: shape {tuple(x.shape)}."
            )
        projected = ops.moveaxis(self.cell.project(x), 1, 0)  # (steps, batch, units)
        start = ops.zeros_like(projected[0])

        def step(state, at_step):
            state = self.cell.step(at_step, state)
            return state, state

        last, states = ops.scan(step, start, projected)
        return ops.moveaxis(states, 0, 1) if self.return_sequences else last

    def compute_output_shape(self, input_shape):
        batch, steps, _ = input_shape
        units = self.cell.units
        return (batch, steps, units) if self.return_sequences else (batch, units)

    def get_config(self):
        cell = self.cell.get_config()
        return {
            **super().get_config(),
            "units": cell["units"],
            "activation": cell["activation"],
            "return_sequences": self.return_sequences,
        }
