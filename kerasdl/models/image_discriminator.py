"""A small discriminator of images with their class."""

import math

import keras
from keras import ops

from kerasdl.arguments import check_images, check_whole
from kerasdl.layers.correlation import Correlation2D
from kerasdl.layers.dense import Dense
from kerasdl.layers.one_hot import one_hot
from kerasdl.model import Model


@keras.saving.register_keras_serializable("kerasdl")
class ImageDiscriminator(Model):
    """`(images (batch, height, width, channels), labels (batch,))` to logits.

        h = leaky_relu(3x3 correlation of x, stride 2)       twice, f and 2 f filters
        logit = h flattened, dot (w + V[label]), plus b      (batch, 1)

    V has a row per class: the logit has a part for "is it real?" and one for "is it of
    this class?". With f filters, c channels, k classes and n = 2 f height width / 16
    (both rounded up) it has (9 c + 1) f + (9 f + 1) 2 f + n + 1 + k n parameters.

    Args:
        classes: number of classes; labels are below it.
        filters: number of filters of the first layer.

    Raises:
        ValueError: for sizes below 1, or inputs that are not images of known size.

    Source: the dot product with the label: Miyato and Koyama 2018,
    https://arxiv.org/abs/1802.05637
    """

    def __init__(self, classes, filters=16, **kwargs):
        super().__init__(**kwargs)
        check_whole("ImageDiscriminator", classes=classes, filters=filters)
        self.classes, self.filters = classes, filters
        options = {
            "stride": 2,
            "padding": "same",
            "activation": "leaky_relu",
            "dtype": self.dtype_policy,
        }
        self.first = Correlation2D(filters, 3, **options)
        self.second = Correlation2D(2 * filters, 3, **options)
        self.head = Dense(1, dtype=self.dtype_policy)

    def build(self, input_shape):
        shape, _ = input_shape
        check_images("ImageDiscriminator", shape, sides_known=True)
        for layer in (self.first, self.second):
            layer.build(shape)
            shape = layer.compute_output_shape(shape)
        features = shape[1] * shape[2] * shape[3]
        self.head.build((shape[0], features))
        # Zeros: at the start the label makes no difference.
        self.rows = self.add_weight((self.classes, features), "zeros", name="rows")

    def call(self, inputs):
        x, labels = inputs
        x = self.second(self.first(x))
        x = ops.reshape(x, (-1, math.prod(x.shape[1:])))
        self._check_features(x)
        row = ops.matmul(one_hot(labels, self.classes, x.dtype), self.rows)
        return self.head(x) + ops.sum(row * x, axis=-1, keepdims=True)

    def _check_features(self, x):
        if x.shape[1] != self.rows.shape[1]:
            raise ValueError(
                "ImageDiscriminator takes images of the size that it was built with, "
                f"which have {self.rows.shape[1]} features. Received: images that "
                f"have {x.shape[1]}. Build another one for them."
            )

    def get_config(self):
        return {
            **super().get_config(),
            "classes": self.classes,
            "filters": self.filters,
        }
