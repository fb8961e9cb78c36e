"""A small generator of images of a wanted class."""

import keras
from keras import ops

from kerasdl.arguments import check_whole
from kerasdl.layers.correlation import Correlation2D
from kerasdl.layers.dense import Dense
from kerasdl.layers.one_hot import one_hot
from kerasdl.model import Model


@keras.saving.register_keras_serializable("kerasdl")
class ImageGenerator(Model):
    """`(noise (batch, dim), labels (batch,))` to images `(batch, 2 s, 2 s, channels)`.

        h = relu([z, one_hot(label)] W + b)     (batch, s, s, filters)
        h = each pixel becomes 2 x 2 pixels     (batch, 2 s, 2 s, filters)
        x = tanh(3x3 correlation of relu(3x3 correlation of h)), in (-1, 1)

    So one network makes all pixels, and they fit each other; a generator per pixel
    would draw each without knowing the others. With f filters, k classes and c channels
    (dim + k + 1) s^2 f + (9 f + 1) f + (9 f + 1) c parameters.

    Args:
        classes: number of classes; labels are below it.
        side: side of the images, even: 8 for the digits, s = 4.
        filters: number of filters, at least 1.
        channels: of the images.

    Raises:
        ValueError: for sizes below 1, or an odd side.

    Source: upsampling, then correlation: Odena et al. 2016,
    https://doi.org/10.23915/distill.00003
    """

    def __init__(self, classes, side=8, filters=16, channels=1, **kwargs):
        super().__init__(**kwargs)
        check_whole(
            "ImageGenerator", classes=classes, filters=filters, channels=channels
        )
        check_whole("ImageGenerator", 2, side=side)
        if side % 2:
            raise ValueError(
                f"ImageGenerator doubles images: side must be even. Received: {side=}."
            )
        self.classes, self.side, self.filters = classes, side, filters
        self.channels = channels
        options = {"padding": "same", "dtype": self.dtype_policy}
        self.hidden = Dense((side // 2) ** 2 * filters, "relu", dtype=self.dtype_policy)
        self.middle = Correlation2D(filters, 3, activation="relu", **options)
        self.head = Correlation2D(channels, 3, activation="tanh", **options)

    def build(self, input_shape):
        (batch, dim), _ = input_shape
        self.hidden.build((batch, dim + self.classes))
        shape = (batch, self.side, self.side, self.filters)
        self.middle.build(shape)
        self.head.build(shape)

    def call(self, inputs):
        noise, labels = inputs
        labels = one_hot(labels, self.classes, noise.dtype)
        x = self.hidden(ops.concatenate([noise, labels], axis=-1))
        half = self.side // 2
        x = ops.reshape(x, (-1, half, 1, half, 1, self.filters))
        x = x * ops.ones((1, 1, 2, 1, 2, 1), dtype=x.dtype)  # each pixel, 2 x 2 times
        x = ops.reshape(x, (-1, self.side, self.side, self.filters))
        return self.head(self.middle(x))

    def get_config(self):
        return {
            **super().get_config(),
            "classes": self.classes,
            "side": self.side,
            "filters": self.filters,
            "channels": self.channels,
        }
