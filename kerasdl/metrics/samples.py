"""Checks of the arrays that metrics take: samples, pairs of samples, probabilities."""

import numpy as np
from keras import ops


def as_samples(values, name: str, least: int = 1) -> np.ndarray:
    """Numbers `(n, dim)` to the same as float64; n is at least `least`.

    Raises:
        ValueError: for another rank, too few rows, or values that are not finite.
    """
    array = np.asarray(ops.convert_to_numpy(values), "float64")
    if array.ndim != 2 or len(array) < least or array.shape[1] < 1:
        raise ValueError(
            f"Expected {name} of shape (n, dim), n at least {least}. "
            f"Received: {name} of shape {array.shape}. "
            "Flatten images first: images.reshape(len(images), -1)."
        )
    return finite(array, name)


def as_pair(x, y, least: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Two samples `(n, dim)` and `(m, dim)` to the same as float64.

    Raises:
        ValueError: as `as_samples`, or when the two differ in dim.
    """
    x, y = as_samples(x, "x", least), as_samples(y, "y", least)
    if x.shape[1] != y.shape[1]:
        raise ValueError(
            "Expected x and y of shapes (n, dim) and (m, dim) with the same dim. "
            f"Received: x of shape {x.shape}, y of shape {y.shape}. "
            "Compute both from the same features."
        )
    return x, y


def as_probabilities(values, name: str = "probabilities") -> np.ndarray:
    """Class probabilities `(n, classes)` to the same as float64.

    Raises:
        ValueError: as `as_samples`, or when a row is not at least 0 with sum 1.
    """
    rows = as_samples(values, name)
    sums = rows.sum(axis=1)
    if rows.min() < 0 or np.abs(sums - 1).max() > 1e-3:
        raise ValueError(
            f"Expected {name} that are at least 0 and sum to 1 in each row. Received: "
            f"a least value of {rows.min():.4g}, sums from {sums.min():.4g} to "
            f"{sums.max():.4g}. Apply kerasdl.activations.softmax to logits first."
        )
    return rows / sums[:, None]


def as_labels(values, rows: int, classes: int) -> np.ndarray:
    """Integer labels `(rows,)`, each in [0, classes), to the same.

    Raises:
        ValueError: for another shape, a number that is not whole, or out of range.
    """
    labels = ops.convert_to_numpy(values)
    whole = labels.dtype.kind in "iu"
    if labels.shape != (rows,) or not whole or labels.min() < 0:
        raise ValueError(
            f"Expected integer labels of shape ({rows},), from 0 to {classes - 1}. "
            f"Received: labels of shape {labels.shape} and type {labels.dtype}. "
            "For one-hot labels use labels.argmax(axis=1)."
        )
    if labels.max() >= classes:
        raise ValueError(
            f"Expected labels from 0 to {classes - 1}, as there are {classes} classes. "
            f"Received: a label {labels.max()}. Count classes from 0."
        )
    return labels


def finite(array: np.ndarray, name: str) -> np.ndarray:
    """The array itself, when it holds neither infinities nor NaN."""
    if np.isfinite(array).all():
        return array
    raise ValueError(
        f"Expected {name} of finite numbers. Received: {np.sum(~np.isfinite(array))} "
        "of them infinite or NaN. Look for a division by zero, or a loss that diverged."
    )
