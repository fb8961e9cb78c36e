"""Checks of class labels while their values are known: before a compiled step."""

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
    """Raise a ValueError if x, for `fit`, is arrays but not a pair (examples, labels).

    Other sources of batches are not looked at. With None for classes any label fits.
    """
    if isinstance(x, (tuple, list)) and len(x) == 2:
        if classes is not None:
            check_labels("labels", x[1], classes)
    elif isinstance(x, (tuple, list, np.ndarray)) or ops.is_tensor(x):
        raise ValueError(
            f"{model} learns from pairs: expected x to be (examples, labels). "
            f"Received: {type(x).__name__}. Write fit((examples, labels))."
        )
