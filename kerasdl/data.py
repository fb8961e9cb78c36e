"""Small data sets that need no network, and batches in an order that is fixed."""

import difflib
import functools
import math
from collections.abc import Iterator, Sequence

import keras
import numpy as np

_SPLIT_SEED = 0
_TEST_SIZE = 360


def load(name: str = "digits", split: str = "train") -> tuple[np.ndarray, np.ndarray]:
    """A data set's images `(n, height, width, channels)` and labels `(n,)`.

    "digits": 8x8 scans of handwritten digits 0 to 9, bundled with scikit-learn; 1437
    in the split "train", 360 in "test". The split is fixed forever and stratified,
    and so is its order: the first part of either split holds all classes equally.

    Returns:
        images as float32 in [0, 1], labels as int32; yours to change.

    Raises:
        ValueError: for a name or split that does not exist.
    """
    _check_name("data set", name, ["digits"])
    _check_name("split", split, ["train", "test"])
    images, labels = _digits()
    test, train = np.split(_stratified_order(labels), [_TEST_SIZE])
    chosen = train if split == "train" else test
    return images[chosen], labels[chosen]


def xor() -> tuple[np.ndarray, np.ndarray]:
    """The four XOR points `(4, 2)` and targets `(4, 1)`, float32, all -1 or 1.

    The target is 1 where the two coordinates differ. No line separates the two
    classes: a network needs a hidden layer.
    """
    points = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]], "float32")
    return points, -np.prod(points, axis=1, keepdims=True)


class Batches(keras.utils.PyDataset):
    """Arrays `(n, ...)` in shuffled batches for `fit`, in the same order everywhere.

    `fit(x, y, shuffle=True)` shuffles differently on each backend. Here NumPy draws
    the order, a new one each epoch; the same seed gives the same sequence of epochs.
    `for x, y in batches:` is an epoch too. The last batch may be smaller.

    Keras may look at the first batches before an epoch starts. That does not count as
    an epoch, unless there are fewer than three: then build the model before `fit`.

    Args:
        x, y: arrays with the same number of rows.
        batch_size: rows in a batch, at least 1.
        seed: an integer, or None for another order each time.

    Raises:
        ValueError: when x and y differ in length, are empty, or batch_size is below 1.
    """

    def __init__(
        self, x: np.ndarray, y: np.ndarray, batch_size: int, seed: int | None = None
    ):
        super().__init__()
        if len(x) != len(y) or len(x) == 0:
            raise ValueError(
                "Batches needs as many rows in x as in y, and at least one. "
                f"Received: {len(x)} rows in x, {len(y)} in y."
            )
        if batch_size < 1:
            raise ValueError(
                "Batches needs a batch_size of at least 1. "
                f"Received: batch_size={batch_size}. 32 is a usual start."
            )
        self.x, self.y, self.batch_size = x, y, batch_size
        self._random = np.random.default_rng(seed)
        self._order = self._random.permutation(len(x))
        self._served = None  # in an epoch: the number of batches served

    def __len__(self) -> int:
        return math.ceil(len(self.x) / self.batch_size)

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        if not 0 <= index < len(self):
            raise IndexError(f"There are {len(self)} batches. Received: {index}.")
        if self._served is not None:  # `fit` asks in an order of its own: overrule it
            index = self._served % len(self)
            self._served += 1
        start = index * self.batch_size
        rows = self._order[start : start + self.batch_size]
        return self.x[rows], self.y[rows]

    def __iter__(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        self.on_epoch_begin()
        yield from (self[index] for index in range(len(self)))
        self.on_epoch_end()

    def on_epoch_begin(self) -> None:
        self._served = 0

    def on_epoch_end(self) -> None:
        whole = self._served is not None and self._served >= len(self)
        if whole:  # not a look at the first batches
            self._order = self._random.permutation(len(self.x))
        self._served = None


@functools.lru_cache
def _digits() -> tuple[np.ndarray, np.ndarray]:
    from sklearn.datasets import load_digits

    digits = load_digits()
    images = (digits.images[..., None] / 16).astype("float32")  # (1797, 8, 8, 1)
    return images, digits.target.astype("int32")


def _stratified_order(labels: np.ndarray) -> np.ndarray:
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


def _check_name(what: str, name: str, known: Sequence[str]) -> None:
    if name in known:
        return
    close = difflib.get_close_matches(str(name), known, n=1)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    raise ValueError(
        f"Expected a {what}, one of {', '.join(map(repr, known))}. "
        f"Received: {name!r}.{hint}"
    )
