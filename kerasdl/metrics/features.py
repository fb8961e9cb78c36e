"""A small network whose features stand for those of the Inception network."""

from pathlib import Path
from typing import NamedTuple

import keras
import numpy as np
from keras import ops

from kerasdl.layers.dense import Dense
from kerasdl.model import Model
from kerasdl.seeding import HeNormal

_FILES = Path(__file__).parent / "files"
_SIZES = {"digits": 8, "mnist5k": 28}


class Description(NamedTuple):
    """What `FeatureNet.describe` returns, as NumPy arrays."""

    features: np.ndarray
    probabilities: np.ndarray


@keras.saving.register_keras_serializable("kerasdl")
class FeatureNet(Model):
    """Classifier, `(batch, height, width, channels)` to logits `(batch, classes)`.

    Two convolutions of 3 by 3 with 16 and 32 maps and ReLU, each followed by max
    pooling of 2 by 2; a dense layer of 64 units with ReLU, whose outputs are the
    features; a dense layer to the logits. For images of h by w pixels in c channels it
    has 16 (9 c + 1) + 32 (9 * 16 + 1) + 64 (32 (h // 4) (w // 4) + 1) + 65 classes
    parameters.

    `load_feature_net` gives one that is trained, on digits or MNIST.

    Args:
        classes: number of classes.

    Raises:
        ValueError: when the input is not of images of at least 4 by 4 pixels, of known
            height, width and channels.
    """

    def __init__(self, classes=10, **kwargs):
        super().__init__(**kwargs)
        self.classes = classes
        policy = self.dtype_policy
        self.convolutions = [_convolution(filters, policy) for filters in (16, 32)]
        self.pool = keras.layers.MaxPooling2D(2)
        self.flatten = keras.layers.Flatten()
        self.hidden = Dense(64, "relu", HeNormal(), dtype=policy)
        self.head = Dense(classes, dtype=policy)

    def build(self, input_shape):
        _check_images(input_shape)
        height, width, channels = input_shape[1:]
        for convolution in self.convolutions:
            convolution.build((None, height, width, channels))
            height, width, channels = height // 2, width // 2, convolution.filters
        self.hidden.build((None, height * width * channels))
        self.head.build((None, 64))

    def call(self, x):
        return self.head(self.features(x))

    def get_config(self):
        return {**super().get_config(), "classes": self.classes}

    def features(self, x):
        """Images `(batch, height, width, channels)` to features `(batch, 64)`, >= 0."""
        return self.hidden(self.flatten(self.pool(self.maps(x)[-1])))

    def maps(self, x):
        """Images `(batch, height, width, channels)` to what both convolutions give.

        Tensors `(batch, height, width, 16)` and `(batch, height // 2, width // 2, 32)`.
        """
        first, second = self.convolutions
        low = first(x)
        return [low, second(self.pool(low))]

    def describe(self, images, batch_size: int = 256) -> Description:
        """Images `(n, height, width, channels)`, n >= 1, to features and probabilities.

        Arrays `(n, 64)` and `(n, classes)`, computed batch by batch: what the metrics
        of generated images take.
        """
        features, probabilities = [], []
        for start in range(0, len(images), batch_size):
            values = self.features(ops.convert_to_tensor(images[start:][:batch_size]))
            features.append(ops.convert_to_numpy(values))
            chances = ops.softmax(self.head(values), axis=-1)
            probabilities.append(ops.convert_to_numpy(chances))
        return Description(np.concatenate(features), np.concatenate(probabilities))


def load_feature_net(name: str = "digits") -> FeatureNet:
    """A data set's name to a FeatureNet trained on its train split.

    "digits" takes images `(batch, 8, 8, 1)`, "mnist5k" `(batch, 28, 28, 1)`, in [0, 1].
    The weights come with the library: a metric has one meaning only if everyone
    measures with the same network, which one trained on the spot would not be.
    `files/make_feature_nets.py` made them.

    Raises:
        ValueError: for a name without weights.
    """
    if name not in _SIZES:
        raise ValueError(
            f"Expected a data set with a trained FeatureNet: one of "
            f"{', '.join(map(repr, _SIZES))}. Received: {name!r}. "
            "For other images train a kerasdl.metrics.FeatureNet on them."
        )
    net = FeatureNet()
    net.build((None, _SIZES[name], _SIZES[name], 1))
    with np.load(_FILES / f"feature_net_{name}.npz") as file:
        net.set_weights([file[f"arr_{i}"].astype("float32") for i in range(len(file))])
    return net


def _convolution(filters, policy):
    return keras.layers.Conv2D(
        filters,
        3,
        padding="same",
        activation="relu",
        kernel_initializer=HeNormal(),
        dtype=policy,
    )


def _check_images(shape):
    if len(shape) != 4 or None in shape[1:] or min(shape[1:3]) < 4:
        raise ValueError(
            "FeatureNet needs images of shape (batch, height, width, channels), of "
            "known size, at least 4 by 4. "
            f"Received: input_shape={tuple(shape)}. "
            "Grey images need the last axis too: images[..., None]."
        )
