"""MMD: against slow loops, closed forms of Gaussians, and as a test."""

import numpy as np
import pytest

from kerasdl.metrics import (
    kernel_inception_distance,
    median_distance,
    mmd_squared,
    polynomial_kernel,
    rbf_kernel,
    two_sample_test,
)

pytestmark = pytest.mark.backend


@pytest.fixture
def random():
    return np.random.default_rng(0)


def slow_mmd(x, y, kernel, unbiased):
    """Sums over pairs, one by one."""

    def within(points):
        values = [
            kernel(a, b)
            for i, a in enumerate(points)
            for j, b in enumerate(points)
            if i != j or not unbiased
        ]
        return sum(values) / len(values)

    between = [kernel(a, b) for a in x for b in y]
    return within(x) + within(y) - 2 * sum(between) / len(between)


@pytest.mark.parametrize("unbiased", [True, False])
def test_mmd_is_the_sum_over_pairs(random, unbiased):
    x, y = random.normal(size=(5, 3)), random.normal(size=(7, 3)) + 1

    def rbf(a, b):
        return np.exp(-sum((a - b) ** 2) / (2 * 1.5**2))

    def cubic(a, b):
        return (sum(a * b) / 3 + 1) ** 3

    received = mmd_squared(x, y, lambda a, b: rbf_kernel(a, b, 1.5), unbiased)
    assert received == pytest.approx(slow_mmd(x, y, rbf, unbiased))
    received = mmd_squared(x, y, polynomial_kernel, unbiased)
    assert received == pytest.approx(slow_mmd(x, y, cubic, unbiased))


def test_worked_by_hand():
    # Kernel values between 0 and 2, bandwidth 1: exp(-2); with itself: 1.
    x, y = np.array([[0.0], [0.0]]), np.array([[2.0], [2.0]])
    received = mmd_squared(x, y, lambda a, b: rbf_kernel(a, b, 1.0))
    assert received == pytest.approx(2 - 2 * np.exp(-2))


def test_closed_form_of_gaussians(random):
    # E exp(-(x - y)^2 / 2 s^2) for x - y normal with mean d and variance 2 is
    # sqrt(s^2 / (s^2 + 2)) exp(-d^2 / (2 (s^2 + 2))).
    x, y = random.normal(size=(2000, 1)), random.normal(size=(2000, 1)) + 1
    expected = 2 * np.sqrt(1 / 3) * (1 - np.exp(-1 / 6))
    received = mmd_squared(x, y, lambda a, b: rbf_kernel(a, b, 1.0))
    assert received == pytest.approx(expected, abs=0.02)


def test_unbiased_estimate_has_mean_zero_for_equal_distributions(random):
    pairs = [random.normal(size=(2, 6, 2)) for _ in range(300)]
    unbiased = np.mean([mmd_squared(x, y, polynomial_kernel) for x, y in pairs])
    biased = np.mean([mmd_squared(x, y, polynomial_kernel, False) for x, y in pairs])
    assert abs(unbiased) < 0.3 < biased
    assert min(mmd_squared(x, y) for x, y in pairs) < 0


def test_biased_estimate_of_a_sample_with_itself_is_zero(random):
    x = random.normal(size=(9, 2))
    assert mmd_squared(x, x[::-1], unbiased=False) == pytest.approx(0, abs=1e-12)
    assert mmd_squared(x, x + 1, unbiased=False) > 0


def test_degree_one_sees_means_only(random):
    x = random.normal(size=(50, 2))
    x -= x.mean(axis=0)

    def linear(a, b):
        return polynomial_kernel(a, b, 1)

    assert mmd_squared(x, 3 * x, linear, False) == pytest.approx(0, abs=1e-9)
    received = mmd_squared(x, x + [1.0, 0.0], linear, False)
    assert received == pytest.approx(1 / 2)  # |difference of means|^2 / dim


def test_median_distance_and_default_kernel():
    x, y = np.array([[0.0], [1.0]]), np.array([[3.0], [7.0]])
    assert median_distance(x, y) == 3.5  # of 1, 2, 3, 4, 6, 7
    expected = mmd_squared(x, y, lambda a, b: rbf_kernel(a, b, 3.5))
    assert mmd_squared(x, y) == pytest.approx(expected)
    same = np.ones((3, 2))
    assert mmd_squared(same, same) == 0


def test_p_values_are_even_under_equality_and_small_otherwise(random):
    def p(shift):
        x, y = random.normal(size=(2, 12, 2))
        return two_sample_test(x, y + shift, permutations=39)

    even = np.array([p(0) for _ in range(200)])
    assert ((even > 0) & (even <= 1)).all()
    for level in (0.1, 0.3, 0.5, 0.8):  # three standard errors of 200 tries
        assert np.mean(even <= level) == pytest.approx(level, abs=0.11)
    assert np.mean([p(2) <= 0.05 for _ in range(20)]) == 1


def test_p_value_of_equal_points_is_one():
    assert two_sample_test(np.ones((4, 1)), np.ones((5, 1)), permutations=9) == 1


def test_kernel_inception_distance(random):
    x, y = random.normal(size=(30, 4)), random.normal(size=(40, 4))
    same = kernel_inception_distance(x, y)
    assert same == pytest.approx(mmd_squared(x, y, polynomial_kernel))
    assert kernel_inception_distance(x, y + 1) > abs(same)


def test_errors():
    x = np.zeros((4, 2))
    with pytest.raises(ValueError, match=r"\(n, dim\).*\(4, 2, 1\).*Flatten"):
        mmd_squared(x[..., None], x)
    with pytest.raises(ValueError, match="at least 2.*\\(1, 2\\)"):
        mmd_squared(x[:1], x)
    with pytest.raises(ValueError, match="same dim"):
        mmd_squared(x, x[:, :1])
    with pytest.raises(ValueError, match="bandwidth above 0.*bandwidth=0"):
        rbf_kernel(x, x, 0)
    with pytest.raises(ValueError, match="finite.*2 of them"):
        mmd_squared(x, np.full((2, 2), [1, np.nan]))
    with pytest.raises(ValueError, match=r"maps samples.*shape \(\)"):
        mmd_squared(x, x, lambda a, b: 1.0)
