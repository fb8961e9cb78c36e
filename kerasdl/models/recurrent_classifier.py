"""A classifier of sequences."""

import keras

from kerasdl.layers.dense import Dense
from kerasdl.layers.recurrent import Recurrent
from kerasdl.model import Model


@keras.saving.register_keras_serializable("kerasdl")
class RecurrentClassifier(Model):
    """Sequence classifier, `(batch, steps, dim)` to logits `(batch, classes)`.

    A recurrent layer reads the sequence step by step; from its last state a dense
    layer makes the logits. One model fits sequences of any length.

    Parameters: (dim + units + 1) units + (units + 1) classes.

    Args:
        units: size of the state.
        classes: number of classes.
        activation: of the recurrent layer.

    Raises:
        ValueError: as in `Recurrent` and `Dense`.

    Source: lecture, neural network zoo
    """

    def __init__(self, units, classes, activation="tanh", **kwargs):
        super().__init__(**kwargs)
        self.recurrent = Recurrent(units, activation, dtype=self.dtype_policy)
        self.head = Dense(classes, dtype=self.dtype_policy)

    def build(self, input_shape):
        self.recurrent.build(input_shape)
        self.head.build(self.recurrent.compute_output_shape(input_shape))

    def call(self, x):
        return self.head(self.recurrent(x))

    def get_config(self):
        return {
            **super().get_config(),
            "units": self.recurrent.cell.units,
            "classes": self.head.units,
            "activation": self.recurrent.get_config()["activation"],
        }
