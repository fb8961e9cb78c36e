"""The reparametrised sample: its distribution and its gradients."""

import numpy as np
import pytest
from keras import ops

import kerasdl
from kerasdl import grad
from kerasdl.layers.gaussian import GaussianSample

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def test_mean_and_variance_are_those_asked_for():
    kerasdl.seed(0)
    ones = np.ones((20_000, 1), "float32")
    mean = ones * np.array([0, -3, 5], "float32")
    log_variance = ones * np.log([1, 4, 0.01]).astype("float32")
    z = numpy(GaussianSample()(mean, log_variance))
    np.testing.assert_allclose(z.mean(axis=0), [0, -3, 5], atol=0.05)
    np.testing.assert_allclose(z.var(axis=0), [1, 4, 0.01], rtol=0.05)
    np.testing.assert_allclose(np.corrcoef(z.T), np.eye(3), atol=0.03)


def test_a_small_variance_leaves_the_mean():
    mean = np.arange(6, dtype="float32").reshape(2, 3)
    z = GaussianSample()(mean, np.full((2, 3), -400, "float32"))
    np.testing.assert_array_equal(numpy(z), mean)


def test_every_call_draws_anew_and_the_seed_repeats():
    zeros = np.zeros((2, 3), "float32")
    samples = []
    for _ in range(2):
        kerasdl.seed(4)
        layer = GaussianSample()
        samples.append([numpy(layer(zeros, zeros)) for _ in range(2)])
    np.testing.assert_array_equal(samples[0], samples[1])
    assert not np.any(samples[0][0] == samples[0][1])


def test_gradients_pass_through_the_sample():
    """dz/dm = 1; dz/dlog_variance = s e / 2, which is (z - m) / 2."""
    random = np.random.default_rng(0)
    mean, log_variance = random.normal(size=(2, 3, 4)).astype("float32")
    weights = random.normal(size=(3, 4)).astype("float32")
    layer = GaussianSample()

    def loss(mean, log_variance):
        z = layer(mean, log_variance)
        return ops.sum(ops.multiply(weights, z)), z

    kerasdl.seed(0)
    run = kerasdl.value_and_grad(loss, (0, 1), has_aux=True)
    (_, z), slopes = run(mean, log_variance)
    np.testing.assert_allclose(numpy(slopes[0]), weights, atol=1e-6)
    expected = weights * (numpy(z) - mean) / 2
    np.testing.assert_allclose(numpy(slopes[1]), expected, atol=1e-5)


def test_gradient_of_an_expectation():
    """E (z - 1)^2 = (m - 1)^2 + s^2 has the slopes 2 (m - 1) and s^2."""
    kerasdl.seed(0)
    layer, ones = GaussianSample(), np.ones((20_000, 1), "float32")

    def loss(mean, log_variance):
        z = layer(ops.multiply(mean, ones), ops.multiply(log_variance, ones))
        return ops.mean(ops.square(z - 1))

    slopes = grad(loss, (0, 1))(3.0, np.float32(np.log(0.25)))
    np.testing.assert_allclose(float(slopes[0]), 4, rtol=0.02)
    np.testing.assert_allclose(float(slopes[1]), 0.25, rtol=0.1)


def test_shapes_that_differ_are_an_error():
    with pytest.raises(ValueError, match=r"one shape.*\(2, 3\).*\(2, 1\)"):
        GaussianSample()(np.zeros((2, 3), "float32"), np.zeros((2, 1), "float32"))
