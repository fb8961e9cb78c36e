"""Pooling: against loops, the lecture's shapes, bins, errors."""

import math

import numpy as np
import pytest
from keras import ops

from kerasdl.layers.pooling import (
    AdaptiveAveragePooling2D,
    AveragePooling2D,
    MaxPooling2D,
)

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def draw(*shape):
    return np.random.default_rng(0).normal(size=shape).astype("float32")


def by_loops(x, reduce, size, stride):
    height, width = [(n - size) // stride + 1 for n in x.shape[1:3]]
    y = np.zeros((len(x), height, width, x.shape[-1]))
    for i in range(height):
        for j in range(width):
            rows = slice(i * stride, i * stride + size)
            columns = slice(j * stride, j * stride + size)
            y[:, i, j] = reduce(x[:, rows, columns], axis=(1, 2))
    return y


@pytest.mark.parametrize(
    "kind, reduce", [(MaxPooling2D, np.max), (AveragePooling2D, np.mean)]
)
@pytest.mark.parametrize("size, stride", [(2, None), (3, None), (3, 2), (2, 3), (1, 1)])
def test_windows(kind, reduce, size, stride):
    x = draw(2, 7, 5, 3) - 5  # all negative: no zero may enter
    layer = kind(size, stride)
    expected = by_loops(x, reduce, size, stride or size)
    np.testing.assert_allclose(numpy(layer(x)), expected, atol=1e-5)
    assert layer.compute_output_shape(x.shape) == expected.shape
    assert layer.count_params() == 0


def test_maximum_by_hand():
    x = np.array([[1, 2, 5, 6], [3, 4, 8, 7]], "float32").reshape(1, 2, 4, 1)
    np.testing.assert_array_equal(numpy(MaxPooling2D()(x)).ravel(), [4, 8])
    np.testing.assert_array_equal(numpy(AveragePooling2D()(x)).ravel(), [2.5, 6.5])


@pytest.mark.parametrize("side", [8, 6])
def test_adaptive_pooling_makes_the_lectures_three_by_three(side):
    assert AdaptiveAveragePooling2D(3)(draw(1, side, side, 4)).shape == (1, 3, 3, 4)


@pytest.mark.parametrize("sides", [(8, 6), (7, 5), (2, 3), (3, 3), (1, 1)])
@pytest.mark.parametrize("size", [(3, 3), (1, 1), (2, 5)])
def test_adaptive_pooling_is_the_mean_of_each_bin(sides, size):
    x = draw(2, *sides, 3)
    y = numpy(AdaptiveAveragePooling2D(size)(x))
    for i in range(size[0]):
        for j in range(size[1]):
            (top, bottom), (left, right) = [
                (math.floor(k * n / bins), math.ceil((k + 1) * n / bins))
                for k, n, bins in zip((i, j), sides, size, strict=True)
            ]
            expected = x[:, top:bottom, left:right].mean(axis=(1, 2))
            np.testing.assert_allclose(y[:, i, j], expected, atol=1e-5)


def test_adaptive_pooling_takes_images_of_several_sizes():
    layer = AdaptiveAveragePooling2D(2)
    for sides in ((4, 4), (5, 9), (3, 2)):
        assert layer(draw(1, *sides, 2)).shape == (1, 2, 2, 2)


@pytest.mark.parametrize("size", [0, -1, 1.5, True, (2, 0), (2, 2, 2), "2"])
def test_wrong_sizes_are_errors(size):
    with pytest.raises(ValueError, match="needs a whole number.*Received: size="):
        AdaptiveAveragePooling2D(size)


@pytest.mark.parametrize("arguments", [{"size": 0}, {"stride": 0}, {"size": 2.0}])
def test_wrong_windows_are_errors(arguments):
    with pytest.raises(ValueError, match="needs a whole number"):
        MaxPooling2D(**arguments)


@pytest.mark.parametrize("shape", [(1, 8, 8), (1, 2, 8, 1)])
def test_wrong_images_are_errors(shape):
    with pytest.raises(ValueError, match="AveragePooling2D needs images.*Received"):
        AveragePooling2D(3).build(shape)


def test_adaptive_pooling_needs_known_sides():
    with pytest.raises(ValueError, match=r"height, width and channels.*None"):
        AdaptiveAveragePooling2D(3).build((None, None, 8, 1))
