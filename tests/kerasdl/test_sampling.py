"""Inverse transform sampling and empirical distributions."""

import numpy as np
import pytest

from kerasdl import sampling

pytestmark = pytest.mark.backend


def test_the_lectures_five_tosses():
    values, shares = sampling.empirical_distribution(["H", "T", "H", "T", "H"])
    assert values.tolist() == ["H", "T"]
    np.testing.assert_allclose(shares, [0.6, 0.4])


def test_discrete_by_hand():
    uniforms = np.array([0, 0.19, 0.2, 0.49, 0.5, 0.999])
    indices = sampling.sample_discrete([0.2, 0, 0.3, 0.5], uniforms)
    assert indices.tolist() == [0, 0, 2, 2, 3, 3]


def test_discrete_samples_have_the_probabilities_and_the_shape():
    uniforms = np.random.default_rng(0).random((100, 1000))
    indices = sampling.sample_discrete([0.1, 0.6, 0.3], uniforms)
    assert indices.shape == (100, 1000)
    _, shares = sampling.empirical_distribution(indices.ravel())
    np.testing.assert_allclose(shares, [0.1, 0.6, 0.3], atol=0.01)


def test_discrete_never_leaves_the_values():
    almost_one = np.nextafter(1, 0)
    assert sampling.sample_discrete([0.1] * 10, almost_one) == 9
    assert sampling.sample_discrete([0.5, 0.5, 0.0], almost_one) == 1


def test_from_a_cdf_with_an_inverse_known_by_hand():
    uniforms = np.random.default_rng(0).random(1000)
    samples = sampling.sample_cdf(lambda x: 1 - np.exp(-2 * x), uniforms, 0, 30)
    np.testing.assert_allclose(samples, -np.log(1 - uniforms) / 2, atol=1e-9)


def test_from_a_cdf_that_jumps():
    def cdf(x):
        return np.where(x < 0.5, 0.0, np.where(x < 2, 0.3, 1.0))

    samples = sampling.sample_cdf(cdf, np.array([0.1, 0.29, 0.31, 0.9]), 0, 5)
    np.testing.assert_allclose(samples, [0.5, 0.5, 2, 2], atol=1e-9)


def test_errors():
    with pytest.raises(ValueError, match=r"sum 1.*Received: \[0.5, 0.6\]"):
        sampling.sample_discrete([0.5, 0.6], np.zeros(3))
    with pytest.raises(ValueError, match="none negative"):
        sampling.sample_discrete([1.5, -0.5], np.zeros(3))
    with pytest.raises(ValueError, match=r"\[0, 1\).*1.0"):
        sampling.sample_discrete([1.0], np.array([1.0]))
    with pytest.raises(ValueError, match="low=2, high=1"):
        sampling.sample_cdf(lambda x: x, np.zeros(3), 2, 1)
    with pytest.raises(ValueError, match="at least one sample"):
        sampling.empirical_distribution([])
