"""A small convolutional network."""

import math

import keras
from keras import ops

from kerasdl.arguments import check_images, check_whole
from kerasdl.layers.correlation import Correlation2D
from kerasdl.layers.dense import Dense
from kerasdl.layers.pooling import MaxPooling2D
from kerasdl.model import Model
from kerasdl.seeding import HeNormal


@keras.saving.register_keras_serializable("kerasdl")
class CNN(Model):
    """A small CNN, `(batch, height, width, channels)` to logits `(batch, classes)`.

        for each width:  3x3 correlation with `width` filters, ReLU, largest of 2x2
        flatten, dense `units` with ReLU, dense `classes`

    Each stage halves the sides, rounding down, so a unit of the next one sees twice as
    much of the image.

    Parameters: with channels = w_0, widths = w_1 ... w_L, and n = floor(height / 2^L)
    floor(width / 2^L) places left at the end,
    sum_i (9 w_i-1 + 1) w_i + (n w_L + 1) units + (units + 1) classes.

    Args:
        classes: number of classes.
        widths: number of filters of each stage.
        units: of the hidden dense layer.

    Raises:
        ValueError: for sizes below 1, or images too small to be halved that often.

    Source: lecture, convolutional neural networks for machine learning.
    """

    def __init__(self, classes, widths=(16, 32), units=64, **kwargs):
        super().__init__(**kwargs)
        check_whole("CNN", classes=classes, units=units)
        self.classes, self.widths, self.units = classes, tuple(widths), units
        policy = self.dtype_policy
        self.correlations = [_correlation(width, policy) for width in self.widths]
        self.pooling = MaxPooling2D(2, dtype=policy)
        self.hidden = Dense(units, "relu", HeNormal(), dtype=policy)
        self.head = Dense(classes, dtype=policy)

    def build(self, input_shape):
        check_images("CNN", input_shape, sides_known=True)
        self.input_spec = keras.InputSpec(shape=(None, *input_shape[1:]))
        for layer in self.correlations:
            layer.build(input_shape)
            input_shape = layer.compute_output_shape(input_shape)
            self.pooling.build(input_shape)
            input_shape = self.pooling.compute_output_shape(input_shape)
        self.flat = (-1, math.prod(input_shape[1:]))
        self.hidden.build(self.flat)
        self.head.build((None, self.units))

    def call(self, x):
        for correlation in self.correlations:
            x = self.pooling(ops.relu(correlation(x)))
        return self.head(self.hidden(ops.reshape(x, self.flat)))

    def compute_output_shape(self, input_shape):
        return (input_shape[0], self.classes)

    def get_config(self):
        return {
            **super().get_config(),
            "classes": self.classes,
            "widths": self.widths,
            "units": self.units,
        }


def _correlation(width, dtype):
    return Correlation2D(
        width, 3, padding="same", kernel_initializer=HeNormal(), dtype=dtype
    )
