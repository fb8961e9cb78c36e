"""Batches in an order that only the seed decides."""

import math
from collections.abc import Iterator

import keras
import numpy as np


class Batches(keras.utils.PyDataset):
    """Arrays `(n, ...)` in shuffled batches for `fit`, in the same order everywhere.

    `fit(x, y, shuffle=True)` shuffles differently on each backend. Here NumPy draws
    the order, a new one each epoch; the same seed gives the same sequence of epochs.
    `for x, y in batches:` is an epoch too. The last batch may be smaller.

    Keras may look at the first batches before an epoch starts. That does not count as
    an epoch, unless there are fewer than three: then build the model before `fit`.

    Args:
        x, y: arrays with the same number of rows. With None for y a batch is x alone,
            for models that need no targets.
        batch_size: rows in a batch, at least 1.
        seed: an integer, or None for another order each time.

    Raises:
        ValueError: when x and y differ in length, are empty, or batch_size is below 1.
    """

    def __init__(
        self,
        x: np.ndarray,
        y: np.ndarray | None,
        batch_size: int,
        seed: int | None = None,
    ):
        super().__init__()
        targets = len(x) if y is None else len(y)
        if len(x) != targets or len(x) == 0:
            raise ValueError(
                "Batches needs as many rows in x as in y, and at least one. "
                f"Received: {len(x)} rows in x, {targets} in y."
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

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray] | np.ndarray:
        if not 0 <= index < len(self):
            raise IndexError(f"There are {len(self)} batches. Received: {index}.")
        if self._served is not None:  # `fit` asks in an order of its own: overrule it
            index = self._served % len(self)
            self._served += 1
        start = index * self.batch_size
        rows = self._order[start : start + self.batch_size]
        return self.x[rows] if self.y is None else (self.x[rows], self.y[rows])

    def __iter__(self) -> Iterator[tuple[np.ndarray, np.ndarray] | np.ndarray]:
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
