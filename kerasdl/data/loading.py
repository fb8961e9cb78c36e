"""Data sets of images by their names."""

import os
import warnings

import numpy as np

from kerasdl.arguments import check_name
from kerasdl.data import bundled

FULL = ("mnist", "fashion_mnist", "cifar10")
_WHITE = dict.fromkeys(FULL, 255) | bundled.WHITE


def load(
    name: str = "digits", split: str = "train", *, download: bool | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """A data set's images `(n, height, width, channels)` and labels `(n,)`.

    | name | images | train | test | where it is |
    |---|---|---|---|---|
    | "digits" | 8x8x1 scans of handwritten digits 0 to 9 | 1437 | 360 | scikit-learn |
    | "mnist5k" | 28x28x1, 5000 of MNIST's digits | 4000 | 1000 | this package |
    | "mnist" | 28x28x1 handwritten digits 0 to 9 | 60000 | 10000 | network |
    | "fashion_mnist" | 28x28x1 clothes of ten kinds | 60000 | 10000 | network |
    | "cifar10" | 32x32x3 photographs of ten kinds | 50000 | 10000 | network |

    The first two need no network. Their splits are fixed forever and stratified, and
    so is their order: the first part of either split holds all classes equally.

    The others need `pip install 'kerasdl[tfds]'`. They are read from the folder
    TFDS_DATA_DIR if they have been prepared there, and else downloaded to it if
    `download` allows it. When that fails, "mnist" gives "mnist5k" instead, and warns.

    Args:
        download: whether a data set that is not here may be downloaded. None: only if
            the environment variable KERASDL_DOWNLOAD is 1.

    Returns:
        images as float32 in [0, 1], labels as int32; yours to change.

    Raises:
        ValueError: for a name or split that does not exist.
        FileNotFoundError, ConnectionError, ModuleNotFoundError: when the data set is
            not here and may not be downloaded, no server answers within seconds, or a
            package is missing.
    """
    check_name("data set", name, [*bundled.NAMES, *FULL])
    check_name("split", split, ["train", "test"])
    if name in bundled.NAMES:
        images, labels = bundled.split_arrays(name, split)
    else:
        images, labels = _full_arrays(name, split, download)
    return images.astype("float32") / _WHITE[name], labels.astype("int32")


def _full_arrays(
    name: str, split: str, download: bool | None
) -> tuple[np.ndarray, np.ndarray]:
    from kerasdl.data import tfds

    if download is None:
        download = os.environ.get("KERASDL_DOWNLOAD") == "1"
    try:
        return tfds.split_arrays(name, split, download)
    except (FileNotFoundError, ConnectionError, ModuleNotFoundError) as error:
        if name != "mnist":
            raise
        warnings.warn(
            f"The 5,000 digits of 'mnist5k' take the place of 'mnist'. {error}",
            stacklevel=3,
        )
        return bundled.split_arrays("mnist5k", split)
