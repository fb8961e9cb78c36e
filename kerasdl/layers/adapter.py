"""Filters shared by many domains, adapted to one of them by a few weights."""

import keras

from kerasdl import activations
from kerasdl.arguments import check_choice
from kerasdl.layer import Layer
from kerasdl.layers.correlation import Correlation2D


@keras.saving.register_keras_serializable("kerasdl")
class ResidualAdapter(Layer):
    """Shared filters and an adapter, `(batch, height, width, channels)` to images.

        in parallel:    y = W * x + A * x
        in series:      y = z + A * z, where z = W * x

    W is a `Correlation2D` that was trained elsewhere and is frozen by this layer; all
    domains share it. A is 1x1, without bias, and belongs to one domain. It starts at 0,
    so y = W * x at first: learning starts from the network that was trained before.

    Parameters: those of W, which are shared, and those of A: channels filters in
    parallel, filters^2 in series; a k x k filter W has k^2 times as many or so.

    Args:
        correlation: a `Correlation2D` without activation; in parallel, with
            padding="same", so that A reaches the same places.
        mode: "parallel" or "series".

    Raises:
        ValueError: when `correlation` is another layer, has an activation, or
            in parallel no padding; or for another mode.

    Source: Rebuffi et al. 2017, https://arxiv.org/abs/1705.08045 (in series, with
    normalisation besides) and 2018, https://arxiv.org/abs/1803.10082 (in parallel);
    lecture, adapters.
    """

    def __init__(self, correlation, mode="parallel", **kwargs):
        super().__init__(**kwargs)
        check_choice("ResidualAdapter", "mode", mode, ("parallel", "series"))
        _check_correlation(correlation, mode)
        self.mode = mode
        self.correlation = correlation
        self.correlation.trainable = False
        self.adapter = Correlation2D(
            correlation.filters,
            kernel_size=1,
            stride=correlation.stride if mode == "parallel" else 1,
            padding="same",
            use_bias=False,
            kernel_initializer="zeros",
            dtype=self.dtype_policy,
        )

    def build(self, input_shape):
        if not self.correlation.built:
            self.correlation.build(input_shape)
        is_parallel = self.mode == "parallel"
        self.adapter.build(
            input_shape if is_parallel else self.compute_output_shape(input_shape)
        )

    def call(self, x):
        z = self.correlation(x)
        return z + self.adapter(x if self.mode == "parallel" else z)

    def compute_output_shape(self, input_shape):
        return self.correlation.compute_output_shape(input_shape)

    @property
    def trainable(self):
        """Whether the adapter learns; the shared filters never do."""
        return self._trainable

    @trainable.setter
    def trainable(self, value):
        keras.layers.Layer.trainable.fset(self, value)
        self.correlation.trainable = False

    def get_config(self):
        return {
            **super().get_config(),
            "correlation": self.correlation.get_config(),
            "mode": self.mode,
        }

    @classmethod
    def from_config(cls, config):
        correlation = Correlation2D.from_config(config["correlation"])
        return cls(**{**config, "correlation": correlation})


def _check_correlation(layer, mode):
    fits = isinstance(layer, Correlation2D) and layer.activation is activations.identity
    if fits and (mode == "series" or layer.padding == "same"):
        return
    raise ValueError(
        "ResidualAdapter needs a Correlation2D without activation; in parallel, with "
        f'padding="same". Received: correlation={layer!r}, mode={mode!r}. '
        "Apply the activation after the adapter, for example with keras.layers.ReLU()."
    )
