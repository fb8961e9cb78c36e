"""Wasserstein distances: by hand, by brute force, and in closed form."""

import itertools

import numpy as np
import pytest

from kerasdl.metrics import (
    earth_movers_distance,
    sliced_wasserstein,
    wasserstein_1d,
)

pytestmark = pytest.mark.backend


@pytest.fixture
def random():
    return np.random.default_rng(0)


def brute_force(x, y, order):
    """The best of all pairings."""
    n = len(x)
    costs = np.linalg.norm(x[:, None] - y[None], axis=-1) ** order
    pairings = itertools.permutations(range(n))
    return min(costs[np.arange(n), list(p)].mean() for p in pairings) ** (1 / order)


def repeated(x, y):
    """Two samples of unequal sizes as two of equal sizes, by repetition."""
    return np.repeat(x, len(y), axis=0), np.repeat(y, len(x), axis=0)


def test_by_hand():
    assert wasserstein_1d([0, 1], [5, 6]) == 5
    assert wasserstein_1d([0, 1, 3], [5, 6, 8]) == 5
    assert wasserstein_1d([0], [1, 3]) == 2
    assert wasserstein_1d([0], [1, 3], order=2) == pytest.approx(np.sqrt(5))
    # Quantiles 0 0 0 6 6 6 against 0 0 3 3 6 6.
    assert wasserstein_1d([0, 6], [3, 0, 6]) == pytest.approx(1)


@pytest.mark.parametrize("sizes", [(3, 3), (3, 4), (2, 5), (6, 4), (1, 7)])
@pytest.mark.parametrize("order", [1, 2, 3.5])
def test_1d_is_the_best_pairing(random, sizes, order):
    x, y = (random.normal(size=n) for n in sizes)
    a, b = repeated(x[:, None], y[:, None])
    expected = earth_movers_distance(a, b, order)
    assert wasserstein_1d(x, y, order) == pytest.approx(expected)


@pytest.mark.parametrize("order", [1, 2])
def test_earth_movers_distance_is_the_best_of_all_pairings(random, order):
    x, y = random.normal(size=(6, 3)), random.normal(size=(6, 3))
    expected = brute_force(x, y, order)
    assert earth_movers_distance(x, y, order) == pytest.approx(expected)


def test_scipy_agrees(random):
    stats = pytest.importorskip("scipy.stats")
    x, y = random.normal(size=17), random.exponential(size=23)
    assert wasserstein_1d(x, y) == pytest.approx(stats.wasserstein_distance(x, y))


def test_gaussians_in_closed_form(random):
    # W_2^2 = (difference of means)^2 + (difference of deviations)^2
    x, y = random.normal(size=20000), 1 + 3 * random.normal(size=20000)
    assert wasserstein_1d(x, y, 2) == pytest.approx(np.sqrt(1 + 4), abs=0.05)


@pytest.mark.parametrize("distance", [sliced_wasserstein, earth_movers_distance])
def test_a_distance(random, distance):
    x, y, z = random.normal(size=(3, 10, 2))
    assert distance(x, random.permutation(x)) == pytest.approx(0, abs=1e-12)
    assert distance(x, y) == pytest.approx(distance(y, x))
    assert distance(x, z) <= distance(x, y) + distance(y, z)
    assert distance(3 * x, 3 * y) == pytest.approx(3 * distance(x, y))


def test_a_shift_moves_every_point(random):
    x = random.normal(size=(9, 4))
    shift = np.array([3.0, 0, 4, 0])
    assert earth_movers_distance(x, x + shift) == pytest.approx(5)
    # On lines: mean of <u, shift>^2 is |shift|^2 / dim.
    received = sliced_wasserstein(x, x + shift, directions=4000)
    assert received == pytest.approx(5 / 2, rel=0.05)


def test_sliced_is_at_most_the_full_distance_and_exact_in_1d(random):
    x, y = random.normal(size=(8, 3)), random.normal(size=(8, 3)) * 2
    assert sliced_wasserstein(x, y) <= earth_movers_distance(x, y, 2)
    x, y = random.normal(size=(6, 1)), random.normal(size=(8, 1))
    expected = wasserstein_1d(x[:, 0], y[:, 0], 2)
    assert sliced_wasserstein(x, y) == pytest.approx(expected)


def test_sliced_depends_on_the_seed_only(random):
    x, y = random.normal(size=(5, 3)), random.normal(size=(6, 3))
    assert sliced_wasserstein(x, y, seed=1) == sliced_wasserstein(x, y, seed=1)
    assert sliced_wasserstein(x, y, seed=1) != sliced_wasserstein(x, y, seed=2)


def test_large_orders_do_not_overflow():
    x, y = [0.0, 1000], [0.0, 3000]
    assert wasserstein_1d(x, y, order=500) == pytest.approx(2000 * 0.5 ** (1 / 500))
    points = [np.array(v)[:, None] for v in (x, y)]
    expected = wasserstein_1d(x, y, order=500)
    for distance in (sliced_wasserstein, earth_movers_distance):
        assert distance(*points, order=500) == pytest.approx(expected)
        assert distance(points[0], points[0]) == 0


def test_errors():
    x = np.zeros((4, 2))
    with pytest.raises(ValueError, match=r"x of shape \(n,\).*\(4, 2\).*sliced"):
        wasserstein_1d(x, x)
    with pytest.raises(ValueError, match="same number of rows.*4 and 3.*sliced"):
        earth_movers_distance(x, x[:3])
    with pytest.raises(ValueError, match="order=0.5"):
        wasserstein_1d([1.0], [2.0], 0.5)
    with pytest.raises(ValueError, match="order=0.5"):
        earth_movers_distance(x, x, 0.5)
    with pytest.raises(ValueError, match="at least 1"):
        wasserstein_1d([], [2.0])
