"""Activations against slow references, and derivatives against their slopes."""

import math
import warnings

import keras
import numpy as np
import pytest
from keras import ops

from kerasdl import activations, check, grad

pytestmark = pytest.mark.backend

REFERENCES = {
    "identity": lambda x: x,
    "step": lambda x: 1.0 if x >= 0 else 0.0,
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "tanh": lambda x: 2 / (1 + math.exp(-2 * x)) - 1,
    "arctan": math.atan,
    "relu": lambda x: max(0.0, x),
    "leaky_relu": lambda x: max(0.1 * x, x),
    "elu": lambda x: x if x >= 0 else math.exp(x) - 1,
    "softplus": lambda x: math.log(1 + math.exp(x)),
}
NAMES = list(REFERENCES)
X = np.array([-8, -3.3, -1, -0.2, -0.02, 0.02, 0.3, 1, 2.7, 9], "float32")
EXTREMES = np.array([-1e4, -1e3, -100, 0, 100, 1e3, 1e4], "float32")


def function(name):
    return getattr(activations, name)


def derivative(name):
    return getattr(activations, f"{name}_derivative")


def call(f, x, *rest):
    return keras.ops.convert_to_numpy(f(ops.convert_to_tensor(x), *rest))


@pytest.mark.parametrize("name", NAMES)
def test_values(name):
    expected = [REFERENCES[name](float(x)) for x in [*X, 0.0]]
    received = call(function(name), np.append(X, np.float32(0)))
    np.testing.assert_allclose(received, expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_derivative_is_the_slope(name):
    check.gradient(function(name), derivative(name), X, "", tolerance=2e-3)


@pytest.mark.parametrize("name", NAMES)
def test_derivative_is_what_gradients_use(name):
    x = np.append(X, np.float32(0))
    by_autodiff = grad(lambda x: ops.sum(function(name)(x)))(x)
    received = call(derivative(name), x)
    by_autodiff = keras.ops.convert_to_numpy(by_autodiff)
    if name == "relu":  # documented: the gradient takes the other subgradient there
        assert (received[-1], by_autodiff[-1]) == (1, 0)
        received, by_autodiff = received[:-1], by_autodiff[:-1]
    np.testing.assert_allclose(received, by_autodiff, rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_extremes_are_finite(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        for f in (function(name), derivative(name)):
            assert np.isfinite(call(f, EXTREMES)).all()
        slopes = grad(lambda x: ops.sum(function(name)(x)))(EXTREMES)
    assert np.isfinite(keras.ops.convert_to_numpy(slopes)).all()


@pytest.mark.parametrize("name", ["sigmoid", "tanh"])
def test_small_derivatives_do_not_cancel_to_0(name):
    """At 15, f(1 - f) or 1 - f^2 in float32 is 0 or wrong in its first digit."""
    x = 15.0 if name == "sigmoid" else 7.5
    expected = np.exp(-15.0) * (1 if name == "sigmoid" else 4)
    for sign in (1, -1):
        received = call(derivative(name), np.float32([sign * x]))
        np.testing.assert_allclose(received, expected, rtol=1e-3)


@pytest.mark.parametrize("name", NAMES)
def test_types_and_shapes_are_kept(name):
    x = ops.convert_to_tensor(np.ones((2, 3, 4), "float32"))
    for f in (function(name), derivative(name)):
        assert tuple(f(x).shape) == (2, 3, 4)
        assert keras.backend.standardize_dtype(f(x).dtype) == "float32"


def test_slopes_and_alphas():
    x = np.array([-2.0, 2.0], "float32")
    np.testing.assert_allclose(call(activations.leaky_relu, x, 0.3), [-0.6, 2])
    np.testing.assert_allclose(
        call(activations.leaky_relu_derivative, x, 0.3), [0.3, 1]
    )
    alpha = 2.5
    at_minus_2 = alpha * (math.exp(-2) - 1)
    np.testing.assert_allclose(call(activations.elu, x, alpha), [at_minus_2, 2], 1e-5)
    slopes = call(activations.elu_derivative, x, alpha)
    np.testing.assert_allclose(slopes, [at_minus_2 + alpha, 1], rtol=1e-5)


def test_prelu_has_one_slope_per_channel_even_above_1():
    x = np.array([[-2.0, -2.0], [3.0, 3.0]], "float32")
    slope = np.array([0.5, 4.0], "float32")
    np.testing.assert_allclose(call(activations.prelu, x, slope), [[-1, -8], [3, 3]])
    slopes = call(activations.prelu_derivative, x, slope)
    np.testing.assert_allclose(slopes, [[0.5, 4], [1, 1]])


def test_softmax_values_and_shift():
    x = np.random.default_rng(0).normal(size=(2, 3, 4)).astype("float32")
    expected = np.exp(x) / np.exp(x).sum(axis=-1, keepdims=True)
    np.testing.assert_allclose(call(activations.softmax, x), expected, rtol=1e-5)
    shifted = call(activations.softmax, x + np.float32(1000))
    np.testing.assert_allclose(shifted, expected, rtol=1e-3)


def test_softmax_of_extremes():
    p = call(activations.softmax, np.array([[1e4, -1e4, 1e4], [-1e4] * 3], "float32"))
    np.testing.assert_allclose(p, [[0.5, 0, 0.5], [1 / 3] * 3], rtol=1e-5)


def test_softmax_jacobian_column_by_finite_differences():
    x = np.random.default_rng(1).normal(size=(2, 3)).astype("float32")
    jacobian = call(activations.softmax_jacobian, x)
    assert jacobian.shape == (2, 3, 3)
    for k in range(3):
        move = 0.01 * np.eye(3, dtype="float32")[k]
        ends = [call(activations.softmax, x + sign * move) for sign in (1, -1)]
        np.testing.assert_allclose(
            jacobian[:, :, k], (ends[0] - ends[1]) / 0.02, atol=1e-4
        )


def test_names_are_looked_up():
    assert activations.get("relu") is activations.relu
    assert activations.get(None) is activations.identity
    assert activations.get("gelu") is keras.activations.gelu
    assert activations.get(np.tanh) is np.tanh


def test_unknown_name():
    with pytest.raises(ValueError, match="leaky_relu.*Received: 'relux'"):
        activations.get("relux")
