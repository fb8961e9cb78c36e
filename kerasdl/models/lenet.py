"""LeNet-5."""

import keras
from keras import ops

from kerasdl import activations
from kerasdl.arguments import check_images, check_whole
from kerasdl.layers.correlation import Correlation2D
from kerasdl.layers.dense import Dense
from kerasdl.layers.pooling import AveragePooling2D
from kerasdl.model import Model


@keras.saving.register_keras_serializable("kerasdl")
class LeNet(Model):
    """LeNet-5, images `(batch, side, side, channels)` to logits `(batch, classes)`.

        correlation k x k, 6 filters, padded     (side, side, 6)
        mean of 2x2                              (side/2, side/2, 6)
        correlation k x k, 16 filters            (side/2 - k + 1, same, 16)
        mean of 2x2                              (s, s, 16), s = (side/2 - k + 1) / 2
        dense 120, dense 84, dense classes

    With k = kernel_size = 5 for 28x28 images (which the first padding makes 32x32) s is
    5, and k = 3 suits 8x8 images: s is 1. In the paper some filters of the second layer
    see only some of the six images, the means are scaled by a weight, and the output
    measures distances; here all is connected, and the outputs are logits.

    Parameters: 6 (k^2 channels + 1) + 16 (6 k^2 + 1) + 120 (16 s^2 + 1) + 84 (121)
    + 85 classes: 61,706 for 28x28x1, k = 5 and 10 classes.

    Args:
        classes: number of classes.
        kernel_size: k.
        activation: of all layers but the last, as in `kerasdl.layers.Dense`.

    Raises:
        ValueError: for images that are not square, or whose side does not make s a
            whole number above 0.

    Source: LeCun et al. 1998, https://doi.org/10.1109/5.726791, section II.B; lecture,
    convolutional networks.
    """

    def __init__(self, classes, kernel_size=5, activation="tanh", **kwargs):
        super().__init__(**kwargs)
        check_whole("LeNet", classes=classes, kernel_size=kernel_size)
        self.classes, self.kernel_size = classes, kernel_size
        self.activation = activation = activations.get(activation)
        policy = {"dtype": self.dtype_policy}
        options = {"activation": activation, **policy}
        self.stages = [
            Correlation2D(6, kernel_size, padding="same", **options),
            AveragePooling2D(2, **policy),
            Correlation2D(16, kernel_size, **options),
            AveragePooling2D(2, **policy),
        ]
        self.dense = [
            Dense(120, **options),
            Dense(84, **options),
            Dense(classes, **policy),
        ]

    def build(self, input_shape):
        check_images("LeNet", input_shape, sides_known=True)
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        side = self._last_side(input_shape)
        for layer in self.stages:
            layer.build(input_shape)
            input_shape = layer.compute_output_shape(input_shape)
        dim = side * side * 16
        for layer in self.dense:
            layer.build((None, dim))
            dim = layer.units
        self.flat = (-1, side * side * 16)

    def _last_side(self, input_shape):
        """s, or an error that names the sides that fit."""
        height, width = input_shape[1:3]
        twice = height // 2 - self.kernel_size + 1
        if height == width and height % 2 == 0 and twice % 2 == 0 and twice > 0:
            return twice // 2
        fits = [2 * (2 * s + self.kernel_size - 1) for s in (1, 2, 5)]
        raise ValueError(
            f"LeNet with kernel_size={self.kernel_size} needs square images with "
            f"a side of {fits[0]}, {fits[1]}, ... {fits[2]}, ... "
            f"Received: input_shape={tuple(input_shape)}. "
            "Take kernel_size=5 for 28x28 images, 3 for 8x8."
        )

    def call(self, x):
        for layer in self.stages:
            x = layer(x)
        x = ops.reshape(x, self.flat)
        for layer in self.dense:
            x = layer(x)
        return x

    def compute_output_shape(self, input_shape):
        return (input_shape[0], self.classes)

    def get_config(self):
        return {
            **super().get_config(),
            "classes": self.classes,
            "kernel_size": self.kernel_size,
            "activation": activations.serialize(self.activation),
        }
