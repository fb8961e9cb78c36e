"""KL, likelihood and ELBO: against loops, sampling, and an integral done by hand."""

import keras
import numpy as np
import pytest
from keras import ops

from kerasdl import grad
from kerasdl.divergences import bernoulli_log_likelihood, elbo, gaussian_kl

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def draws(*shapes, seed=0):
    random = np.random.default_rng(seed)
    return [random.normal(size=shape).astype("float32") for shape in shapes]


def normal_density(z, mean=0.0, deviation=1.0):
    scaled = (z - mean) / deviation
    return np.exp(-(scaled**2) / 2) / (deviation * np.sqrt(2 * np.pi))


def test_kl_is_zero_at_the_prior_and_positive_elsewhere():
    np.testing.assert_array_equal(numpy(gaussian_kl(*np.zeros((2, 3, 4)))), np.zeros(3))
    mean, log_variance = draws((50, 1), (50, 1))
    assert np.all(numpy(gaussian_kl(mean, log_variance)) > 0)


def test_kl_by_hand():
    """m = 2 alone costs m^2 / 2; s^2 = 4 alone costs (4 - 1 - log 4) / 2."""
    mean = np.array([[2.0, 0.0], [0.0, 0.0]], "float32")
    log_variance = np.log([[1.0, 1.0], [4.0, 1.0]]).astype("float32")
    expected = [2, (3 - np.log(4)) / 2]
    np.testing.assert_allclose(
        numpy(gaussian_kl(mean, log_variance)), expected, rtol=1e-6
    )


def test_kl_is_the_integral_of_its_definition():
    z = np.linspace(-30, 30, 60001)
    for mean, deviation in [(0.5, 0.3), (-2.0, 1.7)]:
        q, p = normal_density(z, mean, deviation), normal_density(z)
        integrand = q * np.log(np.maximum(q, 1e-300) / np.maximum(p, 1e-300))
        expected = integrand.sum() * (z[1] - z[0])
        received = gaussian_kl([[mean]], [[2 * np.log(deviation)]])
        np.testing.assert_allclose(numpy(received), [expected], rtol=1e-4)


def test_kl_against_monte_carlo():
    mean, log_variance = draws((1, 5), (1, 5))
    deviation = np.exp(log_variance / 2)
    z = mean + deviation * np.random.default_rng(1).normal(size=(100_000, 5))
    ratios = np.log(normal_density(z, mean, deviation) / normal_density(z)).sum(axis=1)
    error = ratios.std() / np.sqrt(len(z))
    assert abs(ratios.mean() - numpy(gaussian_kl(mean, log_variance))[0]) < 4 * error


def test_kl_gradients():
    """The derivatives are m and (s^2 - 1) / 2."""
    mean, log_variance = draws((3, 4), (3, 4))
    slopes = grad(lambda m, v: ops.sum(gaussian_kl(m, v)), (0, 1))(mean, log_variance)
    np.testing.assert_allclose(numpy(slopes[0]), mean, atol=1e-6)
    expected = (np.exp(log_variance) - 1) / 2
    np.testing.assert_allclose(numpy(slopes[1]), expected, atol=1e-5)


def test_likelihood_against_a_loop():
    (logits,) = draws((3, 2, 4))
    targets = np.random.default_rng(1).uniform(size=(3, 2, 4)).astype("float32")
    expected = np.zeros(3)
    for place in np.ndindex(3, 2, 4):
        p = 1 / (1 + np.exp(-float(logits[place])))
        x = float(targets[place])
        expected[place[0]] += x * np.log(p) + (1 - x) * np.log(1 - p)
    received = numpy(bernoulli_log_likelihood(targets, logits))
    np.testing.assert_allclose(received, expected, rtol=1e-5)


def test_likelihoods_of_all_images_sum_to_one():
    (logits,) = draws((1, 3))
    images = np.array(list(np.ndindex(2, 2, 2)), "float32")
    likelihoods = bernoulli_log_likelihood(images, np.repeat(logits, 8, axis=0))
    np.testing.assert_allclose(np.exp(numpy(likelihoods)).sum(), 1, rtol=1e-5)


def test_likelihood_of_extreme_logits():
    logits = np.array([[1e4], [-1e4], [1e4], [-1e4]], "float32")
    targets = np.array([[1], [0], [0], [1]], "float32")
    received = numpy(bernoulli_log_likelihood(targets, logits))
    np.testing.assert_array_equal(received, [0, 0, -1e4, -1e4])


def test_half_precision_is_summed_in_single():
    x = ops.ones((1, 1000), dtype="bfloat16")
    received = gaussian_kl(x, ops.zeros_like(x))
    assert keras.backend.standardize_dtype(received.dtype) == "float32"
    np.testing.assert_array_equal(numpy(received), [500])


@pytest.mark.parametrize(("mean", "deviation"), [(0.0, 1.0), (0.7, 0.6), (-1.0, 0.2)])
def test_elbo_is_below_log_likelihood_by_the_divergence_from_the_posterior(
    mean, deviation
):
    """One latent number: log p(x), the posterior and the average can be integrated."""
    z = np.linspace(-10, 10, 4001, dtype="float32")
    width, x = z[1] - z[0], np.array([1, 0, 1], "float32")
    logits = z[:, None] * np.array([1.5, -1, 2]) + np.array([0.2, 0.1, -0.3])
    joint = normal_density(z) * np.prod(1 / (1 + np.exp(-logits * (2 * x - 1))), axis=1)
    evidence = joint.sum() * width
    ones = np.ones((len(z), 1), "float32")
    posterior = mean * ones, 2 * np.log(deviation) * ones
    bounds = numpy(elbo(x * ones, logits.astype("float32"), *posterior))
    q = normal_density(z, mean, deviation)
    bound = (q * bounds).sum() * width
    ratio = np.log(np.maximum(q, 1e-300) / (joint / evidence))
    assert bound < np.log(evidence)
    gap = (q * ratio).sum() * width
    np.testing.assert_allclose(np.log(evidence) - bound, gap, rtol=1e-3)


def test_errors():
    with pytest.raises(ValueError, match=r"mean and log_variance.*\(2, 3\).*\(2, 1\)"):
        gaussian_kl(np.zeros((2, 3)), np.zeros((2, 1)))
    with pytest.raises(ValueError, match="targets and logits of one shape"):
        bernoulli_log_likelihood(np.zeros(3), np.zeros(3))
