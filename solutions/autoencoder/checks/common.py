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


def shape(value):
    """The shape of an answer, or what stands in its place in a sentence."""
    value = array(value)
    return "not of finite numbers" if value is None else value.shape


def numbers(values):
    """A list of answers of one element each as one array, or None."""
    values = [array(value) for value in values]
    if any(value is None or value.size != 1 for value in values):
        return None
    return np.array([value.ravel()[0] for value in values])


def told(subject, difference, look_at):
    return difference and f"{subject} {difference}: {look_at}"


def factor(value, expected, tolerance=1e-3):
    """By what number `value` is a multiple of `expected`, or None."""
    value = array(value)
    if value is None or value.shape != np.shape(expected):
        return None
    found = np.sum(value * expected) / np.sum(np.square(expected))
    if abs(found) < 1e-6 or compare(value / found, expected, tolerance):
        return None
    return found


def no_multiple(value, expected):
    """How a value that has no `factor` differs, in words."""
    if shape(value) != np.shape(expected):
        return f"has shape {shape(value)}, expected {np.shape(expected)}"
    return "is no multiple of the right one"


def sigmoid(x):
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(x, "float64")))
