"""The Frechet distance: closed forms, invariances, singular covariances."""

import numpy as np
import pytest

from kerasdl.metrics import frechet_distance, gaussian_frechet_distance

pytestmark = pytest.mark.backend


@pytest.fixture
def random():
    return np.random.default_rng(0)


def covariance(random, dim):
    root = random.normal(size=(dim, dim + 2))
    return root @ root.T


def test_by_hand_in_one_dimension():
    received = gaussian_frechet_distance([1.0], [[4.0]], [3.0], [[25.0]])
    assert received == pytest.approx((1 - 3) ** 2 + (2 - 5) ** 2)


def test_commuting_covariances():
    a, b = np.diag([1.0, 4.0, 9.0]), np.diag([16.0, 1.0, 0.0])
    received = gaussian_frechet_distance(np.zeros(3), a, np.zeros(3), b)
    assert received == pytest.approx((1 - 4) ** 2 + (2 - 1) ** 2 + 3**2)


def test_is_the_formula_with_a_general_matrix_root(random):
    linalg = pytest.importorskip("scipy.linalg")
    a, b = covariance(random, 5), covariance(random, 5)
    m, n = random.normal(size=(2, 5))
    root = linalg.sqrtm(a @ b).real
    expected = np.sum((m - n) ** 2) + np.trace(a + b - 2 * root)
    assert gaussian_frechet_distance(m, a, n, b) == pytest.approx(expected)


def test_of_samples_fits_gaussians(random):
    x, y = random.normal(size=(40, 3)), random.normal(size=(30, 3)) * 2 + 1
    expected = gaussian_frechet_distance(
        x.mean(axis=0), np.cov(x.T), y.mean(axis=0), np.cov(y.T)
    )
    assert frechet_distance(x, y) == pytest.approx(expected)


@pytest.mark.parametrize("shape", [(50, 4), (5, 40), (2, 1)])
def test_of_a_sample_with_itself_is_zero(random, shape):
    x = 100 * random.normal(size=shape)
    assert frechet_distance(x, x) == pytest.approx(0, abs=1e-8 * 100**2 * shape[1])
    assert frechet_distance(x, x) >= 0
    assert frechet_distance(x, x + 3) == pytest.approx(9 * shape[1], rel=1e-6)


def test_invariances(random):
    x, y = random.normal(size=(50, 4)), random.exponential(size=(60, 4))
    distance = frechet_distance(x, y)
    turn = np.linalg.qr(random.normal(size=(4, 4)))[0]
    assert frechet_distance(y, x) == pytest.approx(distance)
    assert frechet_distance(x @ turn + 7, y @ turn + 7) == pytest.approx(distance)
    assert frechet_distance(3 * x, 3 * y) == pytest.approx(9 * distance)


def test_bias_falls_with_the_size_of_the_sample(random):
    small, large = (
        frechet_distance(random.normal(size=(n, 8)), random.normal(size=(n, 8)))
        for n in (20, 2000)
    )
    assert small > 10 * large > 0


def test_errors():
    x = np.zeros((4, 2))
    with pytest.raises(ValueError, match="at least 2"):
        frechet_distance(x[:1], x)
    with pytest.raises(ValueError, match=r"symmetric.*\(2, 2\)"):
        gaussian_frechet_distance([0, 0], [[1, 2], [0, 1]], [0, 0], np.eye(2))
    with pytest.raises(ValueError, match="eigenvalues below 0.*-1"):
        gaussian_frechet_distance([0, 0], np.diag([1, -1]), [0, 0], np.eye(2))
    with pytest.raises(ValueError, match=r"\(2,\) and \(3,\)"):
        gaussian_frechet_distance([0, 0], np.eye(2), [0, 0, 0], np.eye(3))
