"""Layer normalisation."""

import keras
from keras import ops

from kerasdl.layer import Layer


@keras.saving.register_keras_serializable("kerasdl")
class LayerNormalization(Layer):
    """Layer normalisation, `(batch, ..., dim)` to the same.

    For each example, token or pixel, over its `dim` features:

        mean = average of x             variance = average of (x - mean)^2
        y = gamma (x - mean) / sqrt(variance + epsilon) + beta

    Unlike batch normalisation it is the same in training and after, and does not look
    at other examples. Statistics are computed in float32.

    Parameters: 2 dim: gamma (starts at 1) and beta (0), both learned.

    Args:
        epsilon: added to the variance, above 0. Features that are all equal become
            beta.

    Raises:
        ValueError: for an epsilon that is not above 0, or an unknown dim.

    Source: Ba, Kiros and Hinton 2016, https://arxiv.org/abs/1607.06450; lecture,
    transformers.
    """

    def __init__(self, epsilon=1e-5, **kwargs):
        super().__init__(**kwargs)
        if not epsilon > 0:
            raise ValueError(
                "LayerNormalization needs an epsilon above 0. "
                f"Received: epsilon={epsilon}. 0.00001 is a usual start."
            )
        self.epsilon = epsilon

    def build(self, input_shape):
        dim = input_shape[-1] if len(input_shape) > 1 else None
        if dim is None:
            raise ValueError(
                "LayerNormalization needs inputs of shape (batch, ..., dim) with a "
                f"known dim. Received: input_shape={tuple(input_shape)}."
            )
        # Without autocast they stay float32 in mixed precision.
        self.gamma = self.add_weight(
            shape=(dim,), initializer="ones", autocast=False, name="gamma"
        )
        self.beta = self.add_weight(
            shape=(dim,), initializer="zeros", autocast=False, name="beta"
        )
        self.input_spec = keras.InputSpec(min_ndim=2, axes={-1: dim})

    def call(self, x):
        x = ops.cast(x, self.variable_dtype)
        # Centred first: else large values that differ little would lose their digits.
        x = x - ops.mean(x, axis=-1, keepdims=True)
        variance = ops.mean(ops.square(x), axis=-1, keepdims=True)
        x = self.gamma * (x * ops.rsqrt(variance + self.epsilon)) + self.beta
        return ops.cast(x, self.compute_dtype)

    def compute_output_shape(self, input_shape):
        return input_shape
