"""A block that concatenates where a residual block sums."""

import keras
from keras import ops

from kerasdl.arguments import check_images, check_whole
from kerasdl.layer import Layer
from kerasdl.layers.batch_normalization import BatchNormalization
from kerasdl.layers.correlation import Correlation2D
from kerasdl.seeding import HeNormal


@keras.saving.register_keras_serializable("kerasdl")
class ConcatenatingBlock(Layer):
    """New features beside the old, `(batch, height, width, channels)` to more channels.

        y = [x, W * relu(norm(x))], with channels + growth channels

    W is 3x3 without bias. Later blocks read everything that earlier ones made, and
    gradients reach each of them directly. (The lecture names ResNeXt beside this idea.
    The network that concatenates a block's input and output is DenseNet; ResNeXt sums
    several parallel paths.)

    Parameters: channels (9 growth + 4), of which 2 channels are running statistics.

    Args:
        growth: number of channels added.

    Raises:
        ValueError: for a growth below 1, or inputs that are not images.

    Source: Huang et al. 2016, https://arxiv.org/abs/1608.06993, equation 2; lecture,
    residual learning.
    """

    def __init__(self, growth, **kwargs):
        super().__init__(**kwargs)
        check_whole("ConcatenatingBlock", growth=growth)
        self.growth = growth
        self.norm = BatchNormalization(dtype=self.dtype_policy)
        self.correlation = Correlation2D(
            growth,
            3,
            padding="same",
            use_bias=False,
            kernel_initializer=HeNormal(),
            dtype=self.dtype_policy,
        )

    def build(self, input_shape):
        check_images("ConcatenatingBlock", input_shape)
        self.norm.build(input_shape)
        self.correlation.build(input_shape)

    def call(self, x, training=False):
        x = ops.cast(x, self.compute_dtype)
        new = self.correlation(ops.relu(self.norm(x, training=training)))
        return ops.concatenate([x, new], axis=-1)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], input_shape[-1] + self.growth)
