"""Plain and residual networks of any depth, for small images."""

import keras
from keras import ops

from kerasdl.arguments import check_images, check_whole
from kerasdl.layers.batch_normalization import BatchNormalization
from kerasdl.layers.correlation import Correlation2D
from kerasdl.layers.dense import Dense
from kerasdl.layers.residual import PlainBlock, ResidualBlock
from kerasdl.model import Model
from kerasdl.seeding import HeNormal


@keras.saving.register_keras_serializable("kerasdl")
class PlainNet(Model):
    """A deep CNN without shortcuts, `(batch, height, width, channels)` to logits.

        3x3 correlation with w_1 filters, batch normalisation, ReLU
        stage i = 1, 2, 3: n `PlainBlock`s with w_i filters; the first of stages 2 and
            3 halves the image
        mean over the image, dense `classes`

    depth = 6 n + 2 counts the layers with weights: two per block, and the first and
    last. Beyond some depth a plain network becomes worse, even on its training set:
    compare with `ResNet` of the same depth.

    Parameters: with B(c, f) = 9 f (c + f) + 8 f of a block,
    w_1 (9 channels + 4) + B(w_1, w_1) + B(w_1, w_2) + B(w_2, w_3)
    + (n - 1) sum_i B(w_i, w_i) + (w_3 + 1) classes.

    Args:
        classes: number of classes.
        depth: 8, 14, 20, ...
        widths: number of filters in each of the three stages.

    Raises:
        ValueError: for a depth that is not 6 n + 2, another number of widths than
            three, or inputs that are not images.

    Source: He et al. 2015, https://arxiv.org/abs/1512.03385, section 4.2; lecture,
    residual learning.
    """

    block = PlainBlock

    def __init__(self, classes, depth=20, widths=(16, 32, 64), **kwargs):
        super().__init__(**kwargs)
        name = type(self).__name__
        check_whole(name, classes=classes, depth=depth)
        self.classes, self.depth, self.widths = classes, depth, tuple(widths)
        if depth < 8 or depth % 6 != 2 or len(self.widths) != 3:
            raise ValueError(
                f"{name} needs a depth of 6 n + 2 (8, 14, 20, ...) and three widths. "
                f"Received: depth={depth}, widths={self.widths}."
            )
        self.stem = Correlation2D(
            self.widths[0],
            3,
            padding="same",
            use_bias=False,
            kernel_initializer=HeNormal(),
            dtype=self.dtype_policy,
        )
        self.stem_norm = BatchNormalization(dtype=self.dtype_policy)
        self.blocks = [
            self.block(
                width, 2 if stage > 0 and number == 0 else 1, dtype=self.dtype_policy
            )
            for stage, width in enumerate(self.widths)
            for number in range((depth - 2) // 6)
        ]
        self.head = Dense(classes, dtype=self.dtype_policy)

    def build(self, input_shape):
        check_images(type(self).__name__, input_shape)
        self.stem.build(input_shape)
        input_shape = self.stem.compute_output_shape(input_shape)
        self.stem_norm.build(input_shape)
        for block in self.blocks:
            block.build(input_shape)
            input_shape = block.compute_output_shape(input_shape)
        self.head.build((None, self.widths[-1]))

    def call(self, x, training=False):
        x = ops.relu(self.stem_norm(self.stem(x), training=training))
        for block in self.blocks:
            x = block(x, training=training)
        return self.head(ops.mean(x, axis=(1, 2)))

    def compute_output_shape(self, input_shape):
        return (input_shape[0], self.classes)

    def get_config(self):
        return {
            **super().get_config(),
            "classes": self.classes,
            "depth": self.depth,
            "widths": self.widths,
        }


@keras.saving.register_keras_serializable("kerasdl")
class ResNet(PlainNet):
    """A residual network, `(batch, height, width, channels)` to logits.

    As `PlainNet`, but of `ResidualBlock`s: a shortcut around every two layers, so that
    deeper networks train without difficulty.

    Parameters: those of `PlainNet` and w_2 (w_1 + 4) + w_3 (w_2 + 4) for the two
    projections where the image is halved.

    Args:
        classes: number of classes.
        depth: 8, 14, 20, ...
        widths: number of filters in each of the three stages.

    Raises:
        ValueError: as `PlainNet`.

    Source: He et al. 2015, https://arxiv.org/abs/1512.03385, section 4.2, there with
    shortcuts without weights (option A); lecture, residual learning.
    """

    block = ResidualBlock
