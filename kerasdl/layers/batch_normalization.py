"""Batch normalisation."""

import keras
from keras import ops

from kerasdl.layer import Layer


@keras.saving.register_keras_serializable("kerasdl")
class BatchNormalization(Layer):
    """Batch normalisation, `(batch, ..., channels)` to the same.

    For each channel, over the batch and all places:

        mean = average of x             variance = average of (x - mean)^2
        y = gamma (x - mean) / sqrt(variance + epsilon) + beta

    In training, mean and variance are those of the batch, and two running averages
    follow them: running = momentum running + (1 - momentum) of the batch. Else, and
    always where the layer is frozen (`trainable = False`), the running ones are used,
    so that an example's output does not depend on its companions.

    The variance is that of the batch itself, divided by m and not by m - 1, also in
    the running average. Statistics are computed in float32.

    Parameters: 4 channels. gamma (starts at 1) and beta (0) are learned; the running
    mean (0) and variance (1) are not.

    Args:
        momentum: of the running averages, in [0, 1). 0.9 forgets in some ten batches;
            0.99, usual for long trainings, still remembers its start after a hundred.
        epsilon: added to the variance, above 0.

    Raises:
        ValueError: for a momentum or epsilon out of range, or unknown channels.

    Source: Ioffe and Szegedy 2015, https://arxiv.org/abs/1502.03167; lecture,
    understanding batch normalisation.
    """

    def __init__(self, momentum=0.9, epsilon=1e-3, **kwargs):
        super().__init__(**kwargs)
        if not 0 <= momentum < 1 or not epsilon > 0:
            raise ValueError(
                "BatchNormalization needs a momentum in [0, 1) and an epsilon above 0. "
                f"Received: momentum={momentum}, epsilon={epsilon}. "
                "0.9 and 0.001 are a usual start."
            )
        self.momentum, self.epsilon = momentum, epsilon

    def build(self, input_shape):
        channels = input_shape[-1] if len(input_shape) > 1 else None
        if channels is None:
            raise ValueError(
                "BatchNormalization needs inputs of shape (batch, ..., channels) with "
                f"known channels. Received: input_shape={tuple(input_shape)}."
            )
        self.gamma = self._weight(channels, "ones", "gamma")
        self.beta = self._weight(channels, "zeros", "beta")
        self.running_mean = self._weight(channels, "zeros", "running_mean", False)
        self.running_variance = self._weight(
            channels, "ones", "running_variance", False
        )
        self.input_spec = keras.InputSpec(min_ndim=2, axes={-1: channels})

    def _weight(self, channels, initializer, name, trainable=True):
        return self.add_weight(
            shape=(channels,),
            initializer=initializer,
            trainable=trainable,
            autocast=False,  # float32 in mixed precision too
            name=name,
        )

    def call(self, x, training=False):
        x = ops.cast(x, self.variable_dtype)
        mean, variance = self.running_mean, self.running_variance
        if training and self.trainable:
            mean, variance = self._of_batch(x)
        scale = self.gamma * ops.rsqrt(variance + self.epsilon)
        shift = self.beta - mean * scale  # so that x is read once
        return ops.cast(x * scale + shift, self.compute_dtype)

    def _of_batch(self, x):
        axes = tuple(range(len(x.shape) - 1))
        mean = ops.mean(x, axis=axes)
        # The variance does not change with the mean to first order: skip that path.
        centered = x - ops.stop_gradient(mean)
        variance = ops.mean(ops.square(centered), axis=axes)
        self._follow(self.running_mean, mean)
        self._follow(self.running_variance, variance)
        return mean, variance

    def _follow(self, running, value):
        running.assign(self.momentum * running + (1 - self.momentum) * value)

    def compute_output_shape(self, input_shape):
        return input_shape
