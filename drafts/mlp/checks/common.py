"""What the checks of several problems use."""

import numpy as np

from autograder.checks import Verdict


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


def sizes(rng, count):
    """Sizes that all differ, so that a wrong axis shows in the shape."""
    return [int(size) for size in rng.permutation(np.arange(2, 8))[:count]]
