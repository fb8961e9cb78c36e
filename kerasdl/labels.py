"""Checks of class labels while their values are known: before a compiled step."""

import keras
import numpy as np
from keras import ops


def check_labels(name: str, labels, classes: int) -> None:
    """Raise a ValueError unless labels are whole numbers from 0 to classes - 1."""
    labels = np.asarray(ops.convert_to_numpy(labels))
    if labels.size == 0 or labels.dtype.kind not in "iufb":
        received = f"{name} of shape {labels.shape} and type {labels.dtype}"
    elif not (np.mod(labels, 1) == 0).all():
        received = f"{name} that are not whole"
    elif labels.min() < 0 or labels.max() >= classes:
        received = f"{name} from {labels.min()} to {labels.max()}"
    else:
        return
    raise ValueError(
        f"Expected {name} that are whole numbers from 0 to {classes - 1}. "
        f"Received: {received}. Count from 0, and write one-hot rows as rows.argmax(1)."
    )


def check_labelled(model: str, x, classes: int | None) -> None:
    """Raise a ValueError if x, for `fit`, is no pair (examples, labels) that fits.

    Of a `keras.utils.PyDataset` the first batch is looked at: to see them all would
    cost something in every step. Other sources are not: they can be read only once.
    With None for classes any label fits.
    """
    x, _ = first_batch(x)
    if isinstance(x, (tuple, list)) and len(x) == 2:
        if classes is not None:
            check_labels("labels", x[1], classes)
    elif isinstance(x, (tuple, list, np.ndarray)) or ops.is_tensor(x):
        raise ValueError(
            f"{model} learns from pairs: expected x to be (examples, labels). "
            f"Received: {type(x).__name__}. Write fit((examples, labels)), or make "
            "batches ((examples, labels),)."
        )


def first_batch(x, y=None):
    """What `fit(x, y)` learns from, `(x, y)`: of a PyDataset its first batch."""
    if isinstance(x, keras.utils.PyDataset):
        x, y, _ = keras.utils.unpack_x_y_sample_weight(x[0])
    return x, y
