"""Pooling: one number for each window."""

import keras
import numpy as np
from keras import ops

from kerasdl.arguments import check_images, check_whole, pair
from kerasdl.layer import Layer


class _Pooling2D(Layer):
    """What pooling with a fixed window shares."""

    def __init__(self, size=2, stride=None, **kwargs):
        super().__init__(**kwargs)
        self.size, self.stride = size, size if stride is None else stride
        check_whole(type(self).__name__, size=size, stride=self.stride)

    def build(self, input_shape):
        check_images(type(self).__name__, input_shape)
        sides = input_shape[1:3]
        if any(side is not None and side < self.size for side in sides):
            raise ValueError(
                f"{type(self).__name__} needs images no smaller than its window. "
                f"Received: input_shape={tuple(input_shape)}, size={self.size}. "
                "Take a smaller window, or fewer pooling layers."
            )

    def compute_output_shape(self, input_shape):
        batch, *sides, channels = input_shape
        sides = [
            None if n is None else (n - self.size) // self.stride + 1 for n in sides
        ]
        return (batch, *sides, channels)


@keras.saving.register_keras_serializable("kerasdl")
class MaxPooling2D(_Pooling2D):
    """The largest of each window, `(batch, height, width, channels)` to smaller.

    Each channel on its own. A side becomes floor((side - size) / stride) + 1: what does
    not fill a window is left out. No parameters.

    Args:
        size: height and width of the window.
        stride: from one window to the next; None is the size: windows side by side.

    Raises:
        ValueError: for a size or stride below 1, or images smaller than the window.

    Source: lecture, pooling.
    """

    def call(self, x):
        x = ops.cast(x, self.compute_dtype)
        return ops.max_pool(x, self.size, self.stride, data_format="channels_last")


@keras.saving.register_keras_serializable("kerasdl")
class AveragePooling2D(_Pooling2D):
    """The mean of each window, `(batch, height, width, channels)` to smaller.

    Each channel on its own. A side becomes floor((side - size) / stride) + 1: what does
    not fill a window is left out. No parameters.

    Args:
        size: height and width of the window.
        stride: from one window to the next; None is the size: windows side by side.

    Raises:
        ValueError: for a size or stride below 1, or images smaller than the window.

    Source: lecture, pooling.
    """

    def call(self, x):
        x = ops.cast(x, self.compute_dtype)
        return ops.average_pool(x, self.size, self.stride, data_format="channels_last")


@keras.saving.register_keras_serializable("kerasdl")
class AdaptiveAveragePooling2D(Layer):
    """Means over a fixed number of bins, `(batch, any, any, channels)` to a fixed size.

    The side of n pixels is cut into `size` bins; bin i holds the pixels from
    floor(i n / size) to ceil((i + 1) n / size) - 1. So bins may overlap by a pixel, and
    where size > n pixels are repeated. Each output is the mean of its bin, which makes
    it a product with a constant matrix per side. With size=1: the mean of the image.
    No parameters.

    Args:
        size: height and width of the output, one whole number or a pair.

    Raises:
        ValueError: for a size below 1, or images whose height or width is not known.

    Source: lecture, pooling; the bins are those of the library on its slide.
    """

    def __init__(self, size=1, **kwargs):
        super().__init__(**kwargs)
        self.size = pair("AdaptiveAveragePooling2D", "size", size)

    def build(self, input_shape):
        check_images("AdaptiveAveragePooling2D", input_shape, sides_known=True)

    def call(self, x):
        x = ops.cast(x, self.compute_dtype)
        rows, columns = [
            ops.convert_to_tensor(_bins(side, bins), dtype=x.dtype)
            for side, bins in zip(x.shape[1:3], self.size, strict=True)
        ]
        return ops.einsum("ih,bhwc,jw->bijc", rows, x, columns)

    def compute_output_shape(self, input_shape):
        return (input_shape[0], *self.size, input_shape[-1])

    def get_config(self):
        return {**super().get_config(), "size": self.size}


def _bins(side, bins):
    """The matrix `(bins, side)` whose product with a side gives the means."""
    starts = np.arange(bins) * side // bins
    ends = -(-np.arange(1, bins + 1) * side // bins)  # rounded up
    pixels = np.arange(side)
    inside = (starts[:, None] <= pixels) & (pixels < ends[:, None])
    return inside / (ends - starts)[:, None]
