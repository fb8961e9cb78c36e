"""Batches that are changed at random, for `fit`."""

from collections.abc import Callable, Sequence

import keras
import numpy as np

from kerasdl.augmentation.mixup import mixup


class _Changed(keras.utils.PyDataset):
    """Batches, each changed with random numbers that depend on its place alone.

    The generator of a batch is made from the seed, the number of the epoch and the
    number of the batch: looking at a batch before an epoch, as Keras does on some
    backends, changes nothing.
    """

    def __init__(self, batches: keras.utils.PyDataset, seed: int):
        super().__init__()
        if not isinstance(batches, keras.utils.PyDataset):
            raise ValueError(
                "Expected batches, a PyDataset such as kerasdl.data.Batches. "
                f"Received: {type(batches).__name__}. Write Batches(x, y, 32, seed=0)."
            )
        self.batches, self.seed = batches, seed
        self._epoch, self._served = 0, None

    def __len__(self) -> int:
        return len(self.batches)

    def __getitem__(self, index: int) -> tuple[np.ndarray, ...] | np.ndarray:
        batch = self.batches[index]
        if self._served is not None:  # in an epoch, batches are served in order
            index, self._served = self._served, self._served + 1
        rng = np.random.default_rng((self.seed, self._epoch, index))
        return self.changed(batch, rng)

    def __iter__(self):
        self.on_epoch_begin()
        yield from (self[index] for index in range(len(self)))
        self.on_epoch_end()

    def on_epoch_begin(self) -> None:
        self.batches.on_epoch_begin()
        self._served = 0

    def on_epoch_end(self) -> None:
        self.batches.on_epoch_end()
        if self._served is not None and self._served >= len(self):  # not a look
            self._epoch += 1
        self._served = None

    def changed(self, batch, rng):
        raise NotImplementedError


class Augmented(_Changed):
    """Batches `(x, y)`, or x alone, with x changed by each function, for `fit`.

    Every epoch sees other versions of the images. The same seed gives the same
    versions on every backend.

        train = Augmented(Batches(x, y, 64, seed=0), [flip, crop], seed=0)
        model.fit(train, epochs=10)

    Args:
        batches: a `kerasdl.data.Batches` or another PyDataset of such batches.
        functions: each in turn maps `(x, rng)` to a new x;
            `functools.partial(rotate, degrees=30)` sets an argument.
        seed: an integer from 0.

    Raises:
        ValueError: when `batches` is not a PyDataset.
    """

    def __init__(
        self,
        batches: keras.utils.PyDataset,
        functions: Sequence[Callable],
        seed: int = 0,
    ):
        super().__init__(batches, seed)
        self.functions = tuple(functions)

    def changed(self, batch, rng):
        x, *targets = batch if isinstance(batch, tuple) else (batch,)
        for function in self.functions:
            x = function(x, rng)
        return (x, *targets) if targets else x


class Mixed(_Changed):
    """Batches `(x, y)` with x and y mixed by `mixup`, for `fit`.

    Args:
        batches: as for `Augmented`; y is one-hot. It may be an `Augmented`.
        alpha: as in `mixup`.
        seed: an integer from 0.

    Raises:
        ValueError: when `batches` is not a PyDataset, or a batch is not for `mixup`.
    """

    def __init__(
        self, batches: keras.utils.PyDataset, alpha: float = 1.0, seed: int = 0
    ):
        super().__init__(batches, seed)
        self.alpha = alpha

    def changed(self, batch, rng):
        x, y = batch
        return mixup(x, y, rng, self.alpha)
