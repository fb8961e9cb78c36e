"""The multilayer perceptron."""

import keras
import numpy as np

from kerasdl import activations
from kerasdl.arguments import is_whole
from kerasdl.layers.dense import Dense
from kerasdl.model import Model
from kerasdl.seeding import GlorotUniform


@keras.saving.register_keras_serializable("kerasdl")
class MLP(Model):
    """Multilayer perceptron, `(batch, dim)` to logits `(batch, outputs)`.

    Each hidden layer is z = a(x W + b); the output layer has no activation, since the
    losses take logits. With sizes dim = n_0, units = n_1 ... n_L and outputs = n_L+1
    it has sum_i (n_i + 1) n_i+1 parameters: for one hidden layer of p units and one
    output p (dim + 2) + 1. (The lecture's count p dim + 2 p omits the output's bias.)

    Args:
        units: sizes of the hidden layers, from input to output; one integer for one
            hidden layer, () for none: a linear model.
        outputs: number of outputs; for classification, of classes.
        activation: of the hidden layers, as in `kerasdl.layers.Dense`.
        seed: an integer fixes the initial weights, the same on every backend: layer i
            is drawn by `GlorotUniform(s_i)`, s_0, s_1 ... being
            `numpy.random.SeedSequence(seed).generate_state(layers)`. None draws them
            from the library's generator, which `kerasdl.seed` sets.

    Raises:
        ValueError: when the input is not of shape `(batch, dim)`, or an argument is
            not one that `Dense` takes.

    Source: lecture, multilayer perceptron.
    """

    def __init__(self, units, outputs, activation="relu", seed=None, **kwargs):
        super().__init__(**kwargs)
        self.units = (units,) if is_whole(units) else tuple(units)
        self.activation = activations.get(activation)
        self.seed = seed
        *starts, last = _initializers(seed, len(self.units) + 1)
        self.hidden = [
            Dense(width, self.activation, start, dtype=self.dtype_policy)
            for width, start in zip(self.units, starts, strict=True)
        ]
        self.head = Dense(outputs, kernel_initializer=last, dtype=self.dtype_policy)

    def build(self, input_shape):
        if len(input_shape) != 2:
            raise ValueError(
                "MLP needs inputs of shape (batch, dim). "
                f"Received: input_shape={tuple(input_shape)}. "
                "Flatten images first: images.reshape(len(images), -1)."
            )
        self.input_spec = keras.InputSpec(ndim=2, axes={-1: input_shape[-1]})
        for layer in [*self.hidden, self.head]:
            layer.build(input_shape)
            input_shape = layer.compute_output_shape(input_shape)

    def call(self, x):
        for layer in self.hidden:
            x = layer(x)
        return self.head(x)

    def get_config(self):
        return {
            **super().get_config(),
            "units": self.units,
            "outputs": self.head.units,
            "activation": activations.serialize(self.activation),
            "seed": self.seed,
        }


def _initializers(seed, layers: int) -> list[GlorotUniform]:
    if seed is None:
        return [GlorotUniform() for _ in range(layers)]
    states = np.random.SeedSequence(seed).generate_state(layers)
    return [GlorotUniform(int(state)) for state in states]
