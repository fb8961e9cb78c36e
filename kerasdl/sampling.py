"""Samples from known distributions, and the distribution of samples; NumPy only.

Inverse transform sampling: if u is uniform in (0, 1) and F a distribution's cdf, then
F^-1(u) has that distribution. So uniform noise and a function are enough to sample
anything; a generative model learns such a function where F is not known.

    values, shares = empirical_distribution(["H", "T", "H", "T", "H"])   # H: 0.6
    u = np.random.default_rng(0).random(1000)
    tosses = values[sample_discrete(shares, u)]

Source: lecture, generative models.
"""

from collections.abc import Callable, Sequence

import numpy as np


def empirical_distribution(samples: Sequence) -> tuple[np.ndarray, np.ndarray]:
    """Samples `(n,)` to their different values, sorted, and the share of each.

    Raises:
        ValueError: when there are no samples, or they have more than one axis.
    """
    samples = np.asarray(samples)
    if samples.ndim != 1 or len(samples) == 0:
        raise ValueError(
            "Expected at least one sample, in an array of shape (n,). "
            f"Received: shape {samples.shape}."
        )
    values, counts = np.unique(samples, return_counts=True)
    return values, counts / len(samples)


def sample_discrete(probabilities: Sequence[float], uniforms: np.ndarray) -> np.ndarray:
    """Uniform numbers in [0, 1), of any shape, to indices of that shape.

    Index k is taken where F(k - 1) <= u < F(k), F being the cumulative sum of the
    probabilities: so with probability p_k, and never if p_k = 0.

    Raises:
        ValueError: when the probabilities are negative or do not sum to 1, or a uniform
            number is outside [0, 1).
    """
    probabilities = np.asarray(probabilities, "float64")
    one_axis = probabilities.ndim == 1 and probabilities.size > 0
    negative = (probabilities < 0).any()
    if not one_axis or negative or abs(probabilities.sum() - 1) > 1e-6:
        raise ValueError(
            "Expected probabilities of shape (n,), none negative, with sum 1. "
            f"Received: {probabilities.tolist()}. Divide weights by their sum."
        )
    cumulative = np.cumsum(probabilities)
    cumulative[np.flatnonzero(probabilities)[-1] :] = 1.0  # the sum may round below 1
    return np.searchsorted(cumulative, _checked(uniforms), side="right")


def sample_cdf(
    cdf: Callable, uniforms: np.ndarray, low: float, high: float
) -> np.ndarray:
    """Uniform numbers, of any shape, to x of that shape with cdf(x) = u.

    x is found by bisection: the cdf is only evaluated, on arrays, and need not be
    invertible by hand. The result is exact to (high - low) / 2^52.

    Args:
        cdf: a function of arrays that rises from 0 to 1.
        uniforms: numbers in [0, 1).
        low, high: where to look: cdf(low) is about 0, cdf(high) about 1. Samples that
            would be outside come out at the nearer end.

    Raises:
        ValueError: when low is not below high, or a uniform number is outside [0, 1).
    """
    if not low < high:
        raise ValueError(f"Expected low below high. Received: low={low}, high={high}.")
    uniforms = _checked(uniforms)
    below, above = np.full(uniforms.shape, low), np.full(uniforms.shape, high)
    for _ in range(52):
        middle = (below + above) / 2
        left = cdf(middle) < uniforms
        below, above = np.where(left, middle, below), np.where(left, above, middle)
    return (below + above) / 2


def _checked(uniforms: np.ndarray) -> np.ndarray:
    uniforms = np.asarray(uniforms, "float64")
    if ((uniforms < 0) | (uniforms >= 1)).any():
        raise ValueError(
            "Expected uniform numbers in [0, 1). Received: numbers from "
            f"{uniforms.min()} to {uniforms.max()}. generator.random(n) draws some."
        )
    return uniforms
