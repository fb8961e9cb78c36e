"""Maxout is the largest of its pieces, and can be other activations."""

import keras
import numpy as np
import pytest

from kerasdl.layers.maxout import Maxout

pytestmark = pytest.mark.backend


def numpy(value):
    return keras.ops.convert_to_numpy(value)


@pytest.mark.parametrize("shape", [(5, 4), (2, 3, 4)])
def test_formula_against_a_loop(shape):
    x = np.random.default_rng(0).normal(size=shape).astype("float32")
    layer = Maxout(3, pieces=2)
    layer.build(shape)
    layer.bias.assign(np.linspace(-1, 1, 6, dtype="float32"))
    kernel, bias = numpy(layer.kernel), numpy(layer.bias)
    expected = np.empty((*shape[:-1], 3))
    for place in np.ndindex(*shape[:-1]):
        pieces = x[place] @ kernel + bias
        expected[place] = [max(pieces[2 * u], pieces[2 * u + 1]) for u in range(3)]
    received = numpy(layer(x))
    np.testing.assert_allclose(received, expected, atol=1e-5)
    assert layer.compute_output_shape(shape) == received.shape


def test_two_pieces_are_a_relu_or_an_absolute_value():
    x = np.linspace(-2, 2, 9, dtype="float32")[:, None]
    layer = Maxout(1)
    layer.build((None, 1))
    for kernel, expected in (([1, 0], np.maximum(x, 0)), ([1, -1], np.abs(x))):
        layer.kernel.assign(np.array([kernel], "float32"))
        np.testing.assert_allclose(numpy(layer(x)), expected)


def test_is_convex():
    layer = Maxout(4, pieces=5)
    a, b = np.random.default_rng(0).normal(size=(2, 30, 3)).astype("float32")
    middle = numpy(layer((a + b) / 2))
    assert np.all(middle <= (numpy(layer(a)) + numpy(layer(b))) / 2 + 1e-5)


@pytest.mark.parametrize("arguments", [(0,), (2.5,), (3, 1), (3, True)])
def test_wrong_arguments(arguments):
    with pytest.raises(ValueError, match="Maxout needs a whole number.*Received"):
        Maxout(*arguments)


def test_wrong_input():
    with pytest.raises(ValueError, match=r"\(batch, ..., dim\).*\(4,\)"):
        Maxout(3)(np.ones(4, "float32"))
