"""Layer normalisation: by hand, against NumPy, its invariances, extremes."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from differences import slopes
from kerasdl.layers.layer_normalization import LayerNormalization

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def draw(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def made(dim=5, **arguments):
    layer = LayerNormalization(**arguments)
    layer.build((None, dim))
    layer.set_weights([draw(dim, seed=1), draw(dim, seed=2)])
    return layer


def test_four_features_by_hand():
    layer = LayerNormalization(epsilon=1.0)
    x = np.array([[1.0, 3.0, 5.0, 7.0]], "float32")  # mean 4, variance 5
    np.testing.assert_allclose(numpy(layer(x)), (x - 4) / np.sqrt(6), atol=1e-6)


@pytest.mark.parametrize("shape", [(4, 5), (2, 3, 5), (2, 3, 4, 5)])
def test_each_vector_on_its_own(shape):
    layer, x = made(), 3 * draw(*shape) + 2
    gamma, beta = map(numpy, layer.weights)
    mean, variance = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
    expected = gamma * (x - mean) / np.sqrt(variance + 1e-5) + beta
    np.testing.assert_allclose(numpy(layer(x)), expected, atol=1e-5)


def test_brightness_and_contrast_do_not_matter():
    layer, x = made(), draw(6, 5)
    np.testing.assert_allclose(numpy(layer(3 * x + 7)), numpy(layer(x)), atol=1e-3)


@pytest.mark.parametrize("value", [0.0, 1e4, -1e4])
def test_equal_features_become_beta(value):
    layer = made()
    y = numpy(layer(np.full((2, 5), value, "float32")))
    np.testing.assert_allclose(y, np.tile(numpy(layer.beta), (2, 1)), atol=1e-6)


def test_gradient():
    layer, targets = made(), draw(2, 5, seed=3)

    def loss(x):
        return ops.sum(ops.square(layer(x) - ops.convert_to_tensor(targets)))

    x = draw(2, 5, seed=4)
    gradient = numpy(kerasdl.grad(loss)(x))
    np.testing.assert_allclose(gradient, slopes(loss, x), atol=2e-2)


def test_agrees_with_keras():
    ours, theirs = made(), keras.layers.LayerNormalization(epsilon=1e-5)
    theirs.build((None, 5))
    theirs.set_weights(ours.get_weights())
    x = draw(7, 5)
    np.testing.assert_allclose(numpy(ours(x)), numpy(theirs(x)), atol=1e-5)


def test_errors():
    with pytest.raises(ValueError, match="epsilon above 0.*epsilon=0"):
        LayerNormalization(epsilon=0)
    with pytest.raises(ValueError, match=r"known dim.*\(None, None\)"):
        LayerNormalization().build((None, None))
