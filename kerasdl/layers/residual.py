"""Two correlations in a row, without and with a shortcut around them."""

import keras
from keras import ops

from kerasdl.arguments import check_images, check_whole
from kerasdl.layer import Layer
from kerasdl.layers.batch_normalization import BatchNormalization
from kerasdl.layers.correlation import Correlation2D
from kerasdl.seeding import HeNormal


@keras.saving.register_keras_serializable("kerasdl")
class PlainBlock(Layer):
    """Two correlations, no shortcut, `(batch, height, width, channels)` to images.

        F(x) = norm(W2 * relu(norm(W1 * x)))        y = relu(F(x))

    W1 and W2 are 3x3 without bias, since batch normalisation adds one. The output has
    `filters` channels and sides ceil(side / stride): W1 moves by the stride.

    Parameters: 9 filters (channels + filters) + 8 filters, of which 4 filters are
    running statistics.

    Args:
        filters: number of channels of the output.
        stride: of the first correlation; 2 halves the image.

    Raises:
        ValueError: for filters or a stride below 1, or inputs that are not images.

    Source: He et al. 2015, https://arxiv.org/abs/1512.03385, section 3.3; lecture,
    residual learning.
    """

    def __init__(self, filters, stride=1, **kwargs):
        super().__init__(**kwargs)
        check_whole(type(self).__name__, filters=filters, stride=stride)
        self.filters, self.stride = filters, stride
        policy = self.dtype_policy
        self.first = _correlation(filters, 3, stride, policy)
        self.first_norm = BatchNormalization(dtype=policy)
        self.second = _correlation(filters, 3, 1, policy)
        self.second_norm = BatchNormalization(dtype=policy)

    def build(self, input_shape):
        check_images(type(self).__name__, input_shape)
        between = self.compute_output_shape(input_shape)
        self.first.build(input_shape)
        self.first_norm.build(between)
        self.second.build(between)
        self.second_norm.build(between)

    def branch(self, x, training=False):
        """F(x): what the block computes besides its shortcut."""
        x = ops.relu(self.first_norm(self.first(x), training=training))
        return self.second_norm(self.second(x), training=training)

    def call(self, x, training=False):
        return ops.relu(self.branch(x, training))

    def compute_output_shape(self, input_shape):
        return self.first.compute_output_shape(input_shape)


@keras.saving.register_keras_serializable("kerasdl")
class ResidualBlock(PlainBlock):
    """Two correlations and a shortcut, `(batch, height, width, channels)` to images.

        F(x) = norm(W2 * relu(norm(W1 * x)))        y = relu(F(x) + S(x))

    The shortcut S is the identity where F(x) has the shape of x. So the block learns
    only what to add to its input, and gradients reach x undiminished.
    Else S is a projection, norm(P * x) with P of 1x1 and the block's stride.

    Parameters: 9 filters (channels + filters) + 8 filters, of which 4 filters are
    running statistics; a projection adds filters (channels + 4), with 2 filters of
    running statistics.

    Args:
        filters: number of channels of the output.
        stride: of the first correlation and the projection; 2 halves the image.

    Raises:
        ValueError: for filters or a stride below 1, or inputs that are not images.

    Source: He et al. 2015, https://arxiv.org/abs/1512.03385, equations 1 and 2, with
    projections where shapes change (option B); lecture, residual learning.
    """

    def build(self, input_shape):
        super().build(input_shape)
        self.projection = None
        if self.stride == 1 and input_shape[-1] == self.filters:
            return
        policy = self.dtype_policy
        self.projection = _correlation(self.filters, 1, self.stride, policy)
        self.projection_norm = BatchNormalization(dtype=policy)
        self.projection.build(input_shape)
        self.projection_norm.build(self.compute_output_shape(input_shape))

    def call(self, x, training=False):
        x = ops.cast(x, self.compute_dtype)
        return ops.relu(self.branch(x, training) + self._shortcut(x, training))

    def _shortcut(self, x, training):
        if self.projection is None:
            return x
        return self.projection_norm(self.projection(x), training=training)


def _correlation(filters, size, stride, dtype):
    return Correlation2D(
        filters,
        size,
        stride,
        padding="same",
        use_bias=False,
        kernel_initializer=HeNormal(),
        dtype=dtype,
    )
