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


def first(*sentences):
    """The first sentence that is one, or None."""
    return next((sentence for sentence in sentences if sentence), None)


def told(subject, difference, look_at):
    return difference and f"{subject} {difference}: {look_at}"


def nearest(value, candidates, tolerance=1e-4):
    """None if the value is one of the candidates, else how it differs from the first.

    The others are what follows from a mistake that is another check's idea.
    """
    differences = [compare(value, each, tolerance) for each in candidates]
    return None if None in differences else differences[0]


def relu(x):
    return np.where(x > 0, x, 0.0)


def convolution(x, kernel, stride=1):
    """As Keras does it with same padding: (B, H, W, C) to (B, H', W', F)."""
    x, kernel = np.asarray(x, "float64"), np.asarray(kernel, "float64")
    size = len(kernel)
    sides = [-(-side // stride) for side in x.shape[1:3]]
    padding = [(0, 0)]
    for side, after in zip(x.shape[1:3], sides, strict=True):
        total = max((after - 1) * stride + size - side, 0)
        padding.append((total // 2, total - total // 2))
    x = np.pad(x, [*padding, (0, 0)])
    y = np.zeros((len(x), *sides, kernel.shape[3]))
    for b, i, j, f in np.ndindex(y.shape):
        window = x[b, stride * i : stride * i + size, stride * j : stride * j + size]
        y[b, i, j, f] = np.sum(window * kernel[:, :, :, f])
    return y
