"""Is a function convex? Its chords tell."""

from collections.abc import Callable

import numpy as np


def largest_bulge(
    function: Callable, low: float, high: float, points: int = 101
) -> float:
    """How far a function of NumPy arrays rises above its chords on [low, high].

    A function is convex if f((1 - s) a + s b) <= (1 - s) f(a) + s f(b) for all a, b and
    0 <= s <= 1. Returns the largest amount by which that fails for a, b and the place
    between them on a grid: 0 (up to rounding) for a convex function, above 0 for one
    that is not. From above 0 it follows that f is not convex; the grid cannot prove
    that it is.

    The lecture's example: with g1(x) = -x and g2(x) = x**2, both convex, neither
    g1 - g2 nor g1(g2(x)) is. A net is such a composition, so its loss need not be
    convex in the weights though it is in the outputs.

    Raises:
        ValueError: when low is not below high or there are fewer than 3 points.

    Source: lecture, non-convexity.
    """
    if not low < high or points < 3:
        raise ValueError(
            "Expected low < high and at least 3 points. "
            f"Received: low={low}, high={high}, points={points}."
        )
    f = np.asarray(function(np.linspace(low, high, points)), "float64")
    bulge = 0.0
    for length in range(2, points):  # of chords, in steps of the grid
        share = np.arange(length + 1)[:, None] / length
        start, end = f[:-length], f[length:]
        inside = np.lib.stride_tricks.sliding_window_view(f, length + 1).T
        bulge = max(bulge, np.max(inside - (1 - share) * start - share * end))
    return float(bulge)
