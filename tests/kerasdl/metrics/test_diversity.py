"""Modes, precision and recall, density and coverage: counted by hand and by loops."""

import numpy as np
import pytest

from kerasdl.metrics import (
    density_coverage,
    high_quality_share,
    modes_covered,
    precision_recall,
)

pytestmark = pytest.mark.backend


@pytest.fixture
def random():
    return np.random.default_rng(0)


def slow_radius(points, index, neighbours):
    others = np.delete(points, index, axis=0)
    return sorted(np.linalg.norm(others - points[index], axis=1))[neighbours - 1]


def slow_inside(centres, points, neighbours):
    """A table: is the point in the ball of the centre?"""
    table = np.zeros((len(centres), len(points)), bool)
    for i, centre in enumerate(centres):
        radius = slow_radius(centres, i, neighbours)
        for j, point in enumerate(points):
            table[i, j] = np.linalg.norm(centre - point) <= radius
    return table


def test_modes():
    modes = np.array([[0.0, 0], [10, 0], [0, 10]])
    samples = np.array([[0.1, 0], [0, -0.2], [10, 0.9], [5, 5], [0, 12]])
    assert modes_covered(samples, modes, radius=1) == 2
    assert modes_covered(samples, modes, radius=1, least=2) == 1
    assert modes_covered(samples, modes, radius=2) == 3
    assert modes_covered(samples, modes, radius=0.01) == 0
    assert high_quality_share(samples, modes, radius=1) == 3 / 5


@pytest.mark.parametrize("neighbours", [1, 3, 5])
def test_precision_and_recall_are_the_loops(random, neighbours):
    real, fake = random.normal(size=(25, 2)), random.normal(size=(30, 2)) + 0.7
    received = precision_recall(real, fake, neighbours)
    precision = slow_inside(real, fake, neighbours).any(axis=0).mean()
    recall = slow_inside(fake, real, neighbours).any(axis=0).mean()
    assert received == pytest.approx((precision, recall))
    assert received == precision_recall(fake, real, neighbours)[::-1]


@pytest.mark.parametrize("neighbours", [1, 3, 5])
def test_density_and_coverage_are_the_loops(random, neighbours):
    real, fake = random.normal(size=(25, 2)), random.normal(size=(30, 2)) + 0.7
    table = slow_inside(real, fake, neighbours)
    expected = table.sum() / 30 / neighbours, table.any(axis=1).mean()
    assert density_coverage(real, fake, neighbours) == pytest.approx(expected)


def test_what_they_tell(random):
    real = random.normal(size=(300, 2))
    collapsed = 0.05 * random.normal(size=(300, 2))
    spread = 5 * random.normal(size=(300, 2))
    far = real + 100
    assert precision_recall(real, real) == (1, 1)
    assert precision_recall(real, far) == (0, 0)
    assert density_coverage(real, far) == (0, 0)
    assert density_coverage(real, real).coverage == 1
    precision, recall = precision_recall(real, collapsed)
    assert precision > 0.95 and recall < 0.2
    precision, recall = precision_recall(real, spread)
    assert precision < 0.5 and recall > 0.9
    assert density_coverage(real, collapsed).coverage < 0.2


def test_equal_distributions_have_the_documented_values(random):
    real, fake = random.normal(size=(2, 2000, 2))
    density, coverage = density_coverage(real, fake, neighbours=5)
    assert density == pytest.approx(1, abs=0.05)
    assert coverage == pytest.approx(1 - 2**-5, abs=0.02)


def test_an_outlier_raises_precision_but_not_density(random):
    real = np.concatenate([random.normal(size=(100, 2)), [[50.0, 0]]])
    fake = random.uniform(20, 30, size=(100, 2))
    assert precision_recall(real, fake).precision == 1
    assert density_coverage(real, fake).density <= 1 / 5


def test_errors():
    x = np.zeros((4, 2))
    with pytest.raises(ValueError, match="at least 6.*\\(4, 2\\)"):
        density_coverage(x, x)
    with pytest.raises(ValueError, match="neighbours=0"):
        precision_recall(x, x, neighbours=0)
    with pytest.raises(ValueError, match="same dim"):
        modes_covered(x, np.zeros((3, 3)), 1)
