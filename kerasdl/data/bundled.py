"""The data sets that need no network, as whole numbers."""

import functools
from pathlib import Path

import numpy as np

_FILE = Path(__file__).parent / "files" / "mnist5k.npz"
_SPLIT_SEED = 0
_TEST_SIZE = {"digits": 360, "mnist5k": 1000}

WHITE = {"digits": 16, "mnist5k": 255}  # the largest value of a pixel
NAMES = tuple(WHITE)


def split_arrays(name: str, split: str) -> tuple[np.ndarray, np.ndarray]:
    """The images `(n, height, width, 1)` and labels `(n,)` of one split, both uint8.

    Args:
        name: "digits", pixels in [0, 16], or "mnist5k", pixels in [0, 255].
        split: "train" or "test".
    """
    images, labels = _digits() if name == "digits" else _mnist5k()
    test, train = np.split(stratified_order(labels), [_TEST_SIZE[name]])
    chosen = train if split == "train" else test
    return images[chosen], labels[chosen]


def stratified_order(labels: np.ndarray) -> np.ndarray:
    """Indices in an order whose every first part holds each class in proportion.

    Each example gets its place within its class, as a fraction in (0, 1), at random;
    the order is that of the fractions.
    """
    random = np.random.RandomState(_SPLIT_SEED)  # its stream is frozen by NumPy
    fraction = np.empty(len(labels))
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        places = random.permutation(len(members))
        fraction[members] = (places + 0.5) / len(members)
    return np.argsort(fraction, kind="stable")


@functools.lru_cache
def _digits() -> tuple[np.ndarray, np.ndarray]:
    from sklearn.datasets import load_digits

    digits = load_digits()
    images = digits.images[..., None].astype("uint8")  # (1797, 8, 8, 1)
    return images, digits.target.astype("uint8")


@functools.lru_cache
def _mnist5k() -> tuple[np.ndarray, np.ndarray]:
    with np.load(_FILE) as file:
        return file["images"][..., None], file["labels"]  # (5000, 28, 28, 1)
