"""A network whose blocks concatenate."""

import keras
from keras import ops

from kerasdl.arguments import check_images, check_whole
from kerasdl.layers.batch_normalization import BatchNormalization
from kerasdl.layers.concatenating import ConcatenatingBlock
from kerasdl.layers.correlation import Correlation2D
from kerasdl.layers.dense import Dense
from kerasdl.layers.pooling import AveragePooling2D
from kerasdl.model import Model
from kerasdl.seeding import HeNormal


@keras.saving.register_keras_serializable("kerasdl")
class ConcatenatingNet(Model):
    """A small DenseNet, images `(batch, height, width, channels)` to logits.

        3x3 correlation with 2 growth filters
        for each stage: `ConcatenatingBlock(growth)` so many times
        between two stages: 1x1 correlation to half of the channels, mean of 2x2
        batch normalisation, ReLU, mean over the image, dense `classes`

    Parameters: 18 channels growth for the first correlation; c (9 growth + 4) for a
    block of c channels, after which c grows by growth; c floor(c / 2) between stages;
    4 c + (c + 1) classes at the end.

    Args:
        classes: number of classes.
        growth: number of channels that each block adds.
        blocks: number of blocks of each stage.

    Raises:
        ValueError: for sizes below 1, or inputs that are not images.

    Source: Huang et al. 2016, https://arxiv.org/abs/1608.06993 (there the 1x1
    correlations are normalised too); lecture, residual learning.
    """

    def __init__(self, classes, growth=8, blocks=(3, 3), **kwargs):
        super().__init__(**kwargs)
        self.classes, self.growth, self.blocks = classes, growth, tuple(blocks)
        check_whole("ConcatenatingNet", classes=classes, growth=growth)
        for number in self.blocks:
            check_whole("ConcatenatingNet", blocks=number)
        policy = self.dtype_policy
        self.stem = _correlation(2 * growth, 3, policy)
        self.body, channels = [], 2 * growth
        for stage, number in enumerate(self.blocks):
            if stage > 0:
                channels //= 2
                self.body += [
                    _correlation(channels, 1, policy),
                    AveragePooling2D(2, dtype=policy),
                ]
            self.body += [
                ConcatenatingBlock(growth, dtype=policy) for _ in range(number)
            ]
            channels += number * growth
        self.norm = BatchNormalization(dtype=policy)
        self.head = Dense(classes, dtype=policy)

    def build(self, input_shape):
        check_images("ConcatenatingNet", input_shape)
        for layer in [self.stem, *self.body]:
            layer.build(input_shape)
            input_shape = layer.compute_output_shape(input_shape)
        self.norm.build(input_shape)
        self.head.build((None, input_shape[-1]))

    def call(self, x, training=False):
        x = self.stem(x)
        for layer in self.body:
            is_block = isinstance(layer, ConcatenatingBlock)
            x = layer(x, training=training) if is_block else layer(x)
        x = ops.relu(self.norm(x, training=training))
        return self.head(ops.mean(x, axis=(1, 2)))

    def compute_output_shape(self, input_shape):
        return (input_shape[0], self.classes)

    def get_config(self):
        return {
            **super().get_config(),
            "classes": self.classes,
            "growth": self.growth,
            "blocks": self.blocks,
        }


def _correlation(filters, size, dtype):
    return Correlation2D(
        filters,
        size,
        padding="same",
        use_bias=False,
        kernel_initializer=HeNormal(),
        dtype=dtype,
    )
