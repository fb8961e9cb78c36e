"""Correlation: from its sums, and as the layer that libraries call convolution."""

import itertools

import keras
from keras import ops

from kerasdl import activations
from kerasdl.arguments import check_choice, check_whole
from kerasdl.layer import Layer
from kerasdl.seeding import GlorotUniform


def correlate(signal, kernel):
    """Signal `(length,)` or `(height, width)` and a smaller kernel to correlations.

        y(n) = sum_k kernel(k) signal(n + k)
        y(i, j) = sum_k sum_l kernel(k, l) signal(i + k, j + l)

    Only where the kernel fits: y is shorter by its size minus 1. The lecture counts k
    from the kernel's centre, which names the same numbers after a shift.

    Raises:
        ValueError: when the ranks differ or the kernel does not fit.
    """
    dtype = keras.config.floatx()
    signal = ops.convert_to_tensor(signal, dtype=dtype)
    kernel = ops.convert_to_tensor(kernel, dtype=dtype)
    sizes = _places(signal.shape, kernel.shape)
    total = 0
    for offset in itertools.product(*map(range, kernel.shape)):
        window = [slice(k, k + size) for k, size in zip(offset, sizes, strict=True)]
        total = total + kernel[offset] * signal[tuple(window)]
    return total


def convolve(signal, kernel):
    """Signal and kernel, as for `correlate`, to their convolution where it fits.

    y(n) = sum_k kernel(k) signal(n - k): the kernel runs backwards. So it is the
    correlation with the flipped kernel, and the same where the kernel is symmetric.
    """
    return correlate(signal, ops.flip(ops.convert_to_tensor(kernel)))


def _places(signal_shape, kernel_shape) -> list[int]:
    fits = len(signal_shape) == len(kernel_shape) and all(
        k <= n for n, k in zip(signal_shape, kernel_shape, strict=True)
    )
    if not fits:
        raise ValueError(
            "Expected a kernel of the signal's rank that fits into it. Received: "
            f"a signal of shape {tuple(signal_shape)}, "
            f"a kernel of shape {tuple(kernel_shape)}."
        )
    return [n - k + 1 for n, k in zip(signal_shape, kernel_shape, strict=True)]


class _Correlation(Layer):
    """What the layers of one and two axes share; `rank` is the number of axes."""

    def __init__(
        self,
        filters,
        kernel_size,
        stride=1,
        padding="valid",
        activation=None,
        use_bias=True,
        kernel_initializer=None,
        **kwargs,
    ):
        super().__init__(**kwargs)
        name = type(self).__name__
        check_whole(name, filters=filters, kernel_size=kernel_size, stride=stride)
        check_choice(name, "padding", padding, ("valid", "same"))
        self.filters, self.kernel_size, self.stride = filters, kernel_size, stride
        self.padding, self.use_bias = padding, use_bias
        self.activation = activations.get(activation)
        self.kernel_initializer = (
            GlorotUniform()
            if kernel_initializer is None
            else keras.initializers.get(kernel_initializer)
        )

    def build(self, input_shape):
        self._check(tuple(input_shape))
        channels = input_shape[-1]
        self.kernel = self.add_weight(
            shape=(*[self.kernel_size] * self.rank, channels, self.filters),
            initializer=self.kernel_initializer,
            name="kernel",
        )
        if self.use_bias:
            self.bias = self.add_weight(
                shape=(self.filters,), initializer="zeros", name="bias"
            )
        self.input_spec = keras.InputSpec(ndim=self.rank + 2, axes={-1: channels})

    def _check(self, shape):
        sides = shape[1:-1]
        least = self.kernel_size if self.padding == "valid" else 1
        small = any(side is not None and side < least for side in sides)
        if len(shape) == self.rank + 2 and shape[-1] is not None and not small:
            return
        raise ValueError(
            f"{type(self).__name__} needs inputs of shape {self.axes} with known "
            f"channels, and no side below {least}. Received: input_shape={shape}. Add "
            'the missing axis, as in images[..., None], or write padding="same".'
        )

    def call(self, x):
        x = ops.cast(x, self.compute_dtype)
        y = ops.conv(x, self.kernel, self.stride, self.padding, "channels_last")
        return self.activation(y + self.bias if self.use_bias else y)

    def compute_output_shape(self, input_shape):
        sides = [self._after(side) for side in input_shape[1:-1]]
        return (input_shape[0], *sides, self.filters)

    def _after(self, side):
        if side is None:
            return None
        places = side if self.padding == "same" else side - self.kernel_size + 1
        return -(-places // self.stride)  # rounded up

    def get_config(self):
        return {
            **super().get_config(),
            "filters": self.filters,
            "kernel_size": self.kernel_size,
            "stride": self.stride,
            "padding": self.padding,
            "activation": activations.serialize(self.activation),
            "use_bias": self.use_bias,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
        }


@keras.saving.register_keras_serializable("kerasdl")
class Correlation1D(_Correlation):
    """Learned filters along one axis, `(batch, steps, channels)` to `(..., filters)`.

        y(n, f) = a(sum_k sum_c kernel(k, c, f) x(stride n + k, c) + bias(f))

    Libraries call it Conv1D. Without padding ("valid") steps becomes
    ceil((steps - kernel_size + 1) / stride). With "same" it becomes
    ceil(steps / stride): zeros are added at both ends, the odd one at the end.

    Parameters: (kernel_size channels + 1) filters; without bias, one filters less.

    Args:
        filters: number of filters, which is the number of channels of the output.
        kernel_size: length of a filter.
        stride: how far the filter moves from one place to the next.
        padding: "valid" or "same".
        activation: a name that `kerasdl.activations.get` knows, a function, or None.
        use_bias: whether a number is added per filter; it starts at 0.
        kernel_initializer: how the filters start; None is `kerasdl.GlorotUniform()`.

    Raises:
        ValueError: for sizes that are not positive integers, another padding, inputs
            of another rank or with unknown channels, or shorter than the kernel.

    Source: lecture, convolutional neural networks.
    """

    rank = 1
    axes = "(batch, steps, channels)"


@keras.saving.register_keras_serializable("kerasdl")
class Correlation2D(_Correlation):
    """Learned filters, `(batch, height, width, channels)` to `(..., filters)`.

        y(i, j, f) = a(sum_k sum_l sum_c kernel(k, l, c, f) x(s i + k, s j + l, c)
                       + bias(f)), with the stride s

    Libraries call it convolution, Conv2D. Each filter is small, looks at one place at
    a time (local connectivity) and is the same everywhere (shared weights). With
    kernel_size=1 it is a dense layer for each pixel: it mixes channels only.

    Without padding ("valid") a side becomes ceil((side - kernel_size + 1) / stride).
    With "same" it becomes ceil(side / stride): zeros are added all around, the odd row
    and column at the bottom and right.

    Parameters: (kernel_size^2 channels + 1) filters; without bias, one filters less.

    Args:
        filters: number of filters, which is the number of channels of the output.
        kernel_size: height and width of a filter.
        stride: how far the filter moves from one place to the next.
        padding: "valid" or "same".
        activation: a name that `kerasdl.activations.get` knows, a function, or None.
        use_bias: whether a number is added per filter; it starts at 0.
        kernel_initializer: how the filters start; None is `kerasdl.GlorotUniform()`.

    Raises:
        ValueError: for sizes that are not positive integers, another padding, inputs
            of another rank or with unknown channels, or smaller than the kernel.

    Source: lecture, convolutional neural networks.
    """

    rank = 2
    axes = "(batch, height, width, channels)"
