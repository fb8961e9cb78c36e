"""Wasserstein (earth mover's) distances between samples."""

import numpy as np

from kerasdl.arguments import check_whole
from kerasdl.metrics.samples import as_pair, as_samples


def wasserstein_1d(x, y, order: float = 1) -> float:
    """Samples of numbers `(n,)` and `(m,)` to W_p, exact, also for n != m.

    W_p = (integral over q in [0, 1] of |F^-1(q) - G^-1(q)|^p)^(1/p), where F^-1 and
    G^-1 are the quantile functions of the two samples: on a line the cheapest plan
    moves the points in their order. It has the unit of x.

    Args:
        x, y: the samples, at least one number each.
        order: p, at least 1.

    Raises:
        ValueError: when a shape is wrong, a sample empty, or the order below 1.

    Source: Peyre and Cuturi 2019, https://arxiv.org/abs/1803.00567, remark 2.30.
    """
    x, y = as_samples(_column(x, "x"), "x"), as_samples(_column(y, "y"), "y")
    return _on_lines(x, y, order)


def sliced_wasserstein(
    x, y, order: float = 2, directions: int = 100, seed: int = 0
) -> float:
    """Samples `(n, dim)`, `(m, dim)` to the mean W_p of their shadows on lines.

    (mean over unit vectors u of W_p(<x, u>, <y, u>)^p)^(1/p), the mean estimated from
    random u. It is 0 only for equal distributions, at most the full W_p, and costs
    n log n and not n^3. With dim = 1 it is `wasserstein_1d`.

    Args:
        x, y: the samples.
        order: p, at least 1.
        directions: number of random unit vectors.
        seed: of the unit vectors, an integer: the same seed, the same figure.

    Raises:
        ValueError: when a shape is wrong, the order below 1, or there is no direction.

    Source: Bonneel et al. 2015, https://doi.org/10.1007/s10851-014-0506-3
    """
    check_whole("sliced_wasserstein", 1, directions=directions)
    x, y = as_pair(x, y)
    random = np.random.default_rng(seed)
    lines = random.normal(size=(x.shape[1], directions))
    lines /= np.linalg.norm(lines, axis=0)
    return _on_lines(x @ lines, y @ lines, order)


def earth_movers_distance(x, y, order: float = 1) -> float:
    """Samples `(n, dim)`, `(n, dim)` of the same size to W_p, exact.

    W_p = (min over pairings of mean ||x_i - y_pair(i)||^p)^(1/p), by linear
    assignment: the cost grows as n^3, about a second for n = 2000. As an estimate of
    the distance between distributions it is too large, by about n^(-1/dim).

    Raises:
        ValueError: when a shape is wrong, the sizes differ, or the order is below 1.

    Source: Peyre and Cuturi 2019, https://arxiv.org/abs/1803.00567, section 2.2.
    """
    from scipy.optimize import linear_sum_assignment
    from scipy.spatial.distance import cdist

    x, y = as_pair(x, y)
    _check_order(order)
    if len(x) != len(y):
        raise ValueError(
            "earth_movers_distance pairs points: x and y need the same number of rows. "
            f"Received: {len(x)} and {len(y)} rows. Take as many of each, "
            "or use sliced_wasserstein."
        )
    distances = cdist(x, y)
    largest = distances.max() or 1.0  # powers of large numbers would overflow
    pairs = linear_sum_assignment((distances / largest) ** order)
    return _mean_of_powers(distances[pairs], 1 / len(x), order)


def _on_lines(x, y, order):
    """Columns `(n, lines)`, `(m, lines)` to (mean over columns of W_p^p)^(1/p).

    Both quantile functions are steps, with edges at i/n and j/m. Between two edges
    next to each other both are constant. Edges are counted in units of 1/(n m).
    """
    _check_order(order)
    n, m = len(x), len(y)
    edges = np.union1d(np.arange(n + 1) * m, np.arange(m + 1) * n)
    starts, widths = edges[:-1], np.diff(edges) / (n * m)
    x, y = np.sort(x, axis=0)[starts // m], np.sort(y, axis=0)[starts // n]
    shares = widths[:, None] / x.shape[1]
    return _mean_of_powers(np.abs(x - y), shares, order)


def _mean_of_powers(distances, shares, order):
    """(sum of share * distance^p)^(1/p), where the powers alone might overflow."""
    largest = distances.max()
    if largest == 0:
        return 0.0
    mean = np.sum(shares * (distances / largest) ** order)
    return float(largest * mean ** (1 / order))


def _column(values, name):
    values = np.asarray(values)
    if values.ndim != 1:
        raise ValueError(
            f"wasserstein_1d needs {name} of shape (n,). Received: shape "
            f"{values.shape}. For points of several coordinates use "
            "sliced_wasserstein or earth_movers_distance."
        )
    return values[:, None]


def _check_order(order):
    if not 1 <= order < np.inf:
        raise ValueError(
            "W_p is a distance for finite orders p of at least 1. "
            f"Received: order={order}. 1 and 2 are usual."
        )
