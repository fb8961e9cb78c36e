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


def numbers(values):
    """One number each, as an array; None if one of them is something else."""
    if not isinstance(values, list | tuple | np.ndarray):
        return None
    arrays = [array(value) for value in values]
    if any(each is None or each.size != 1 for each in arrays):
        return None
    return np.array([each.item() for each in arrays])


def number(value):
    """The value as one float, or None."""
    found = numbers([value])
    return None if found is None else float(found[0])


def either(result, *expected, tolerance=1e-4):
    """None if the result agrees with one of what may be expected, else how not.

    None among the expected stands for something that could not be worked out.
    """
    known = [each for each in expected if each is not None]
    differences = [compare(result, each, tolerance) for each in known]
    return None if None in differences else differences[0]


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-np.asarray(x, dtype="float64")))


def softplus(x):
    return np.logaddexp(0.0, np.asarray(x, dtype="float64"))
