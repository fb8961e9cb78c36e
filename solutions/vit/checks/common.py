"""What the checks of several problems use."""

import numpy as np

from autograder.checks import Verdict, compare


def verdict(sentence):
    return Verdict(0.0, sentence) if sentence else Verdict(1.0)


def array(value):
    """The value in float64, or None if it is not an array of finite numbers."""
    try:
        value = np.asarray(value, dtype="float64")
    except (TypeError, ValueError):
        return None
    return value if np.all(np.isfinite(value)) else None


def told(subject, difference, look_at):
    return difference and f"{subject} {difference}: {look_at}"


def nearest(value, candidates, tolerance=1e-4):
    """None if the value is one of the candidates, else how it differs from the first.

    The others are what follows from a mistake that is another check's idea.
    """
    differences = [compare(value, each, tolerance) for each in candidates]
    return None if None in differences else differences[0]


def softmax(scores, axis=-1):
    scores = np.asarray(scores, dtype="float64")
    exponentials = np.exp(scores - np.max(scores, axis=axis, keepdims=True))
    return exponentials / np.sum(exponentials, axis=axis, keepdims=True)


def sums_to_one(weights, axes):
    """Whether the weights sum to 1 over at least one of the axes."""
    return any(
        np.allclose(weights.sum(axis=axis, keepdims=True), 1, atol=1e-3)
        for axis in axes
    )


def cut_off(weights):
    """Whether all keys of some query count alike, as if large scores were cut off."""
    in_rows = np.allclose(weights.sum(axis=-1), 1, atol=1e-3)
    return in_rows and np.ptp(weights, axis=-1).min() < 1e-6


def log_kernel(weights):
    """The logarithms of weights (Q, K) less the means of rows and columns, or None.

    So nothing is left of whatever the weights of a row, of a column or of all were
    divided by: only the kernel.
    """
    weights = array(weights)
    if weights is None or weights.ndim != 2 or np.min(weights) <= 0:
        return None
    return centred(np.log(weights))


def centred(table):
    """A table less the means of its rows and columns."""
    rows, columns = table.mean(axis=1, keepdims=True), table.mean(axis=0)
    return table - rows - columns + table.mean()


def factor(table, expected):
    """By what number the table is a multiple of the expected one, or None."""
    if table is None or table.shape != expected.shape:
        return None
    found = np.sum(table * expected) / np.sum(expected**2)
    if abs(found) < 1e-6 or compare(table / found, expected, 1e-2):
        return None
    return found
