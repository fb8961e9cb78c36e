"""A multilayer perceptron that is told something beside its input."""

import keras
from keras import ops

from kerasdl import activations
from kerasdl.layer import Layer
from kerasdl.models.mlp import MLP


@keras.saving.register_keras_serializable("kerasdl")
class ConditionedMLP(Layer):
    """MLP on points and embeddings, `(batch, dim)`, `(batch, e)` to `(batch, o)`.

    The two are put side by side and go through an `MLP`: with sizes n_0 = dim + e,
    n_1 ... n_L = units and n_L+1 = outputs it has sum_i (n_i + 1) n_i+1 parameters. It
    is the network of a `Denoiser` of points; that of images is a U-Net.

    Args:
        units, outputs, activation: as in `kerasdl.models.MLP`.

    Raises:
        ValueError: when points or embeddings are not of shape `(batch, dim)`, or an
            argument is not one that `MLP` takes.
    """

    def __init__(self, units, outputs, activation="relu", **kwargs):
        super().__init__(**kwargs)
        self.mlp = MLP(units, outputs, activation, dtype=self.dtype_policy)

    def build(self, x_shape, embedding_shape):
        if len(x_shape) != 2 or len(embedding_shape) != 2:
            raise ValueError(
                "ConditionedMLP needs points (batch, dim) and embeddings (batch, dim). "
                f"Received: shapes {tuple(x_shape)} and {tuple(embedding_shape)}. "
                "Flatten images first: images.reshape(len(images), -1)."
            )
        self.input_spec = keras.InputSpec(ndim=2, axes={-1: x_shape[1]})
        self.mlp.build((x_shape[0], x_shape[1] + embedding_shape[1]))

    def call(self, x, embedding):
        x = ops.cast(x, self.compute_dtype)
        return self.mlp(ops.concatenate([x, embedding], axis=-1))

    def get_config(self):
        return {
            **super().get_config(),
            "units": self.mlp.units,
            "outputs": self.mlp.head.units,
            "activation": activations.serialize(self.mlp.activation),
        }
