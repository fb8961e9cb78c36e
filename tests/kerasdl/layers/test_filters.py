"""The lecture's filters: what each does to an image."""

import numpy as np
import pytest
from keras import ops

from kerasdl.layers import filters
from kerasdl.layers.correlation import correlate

pytestmark = pytest.mark.backend

ALL = [name for name in dir(filters) if name.isupper()]
BLURS = ["BOX_BLUR", "GAUSSIAN_BLUR_3", "GAUSSIAN_BLUR_5"]
EDGES = ["DIAGONAL_EDGES", "LAPLACIAN", "ALL_EDGES"]


def apply(name, image):
    return ops.convert_to_numpy(correlate(image, getattr(filters, name)))


def image(size=9):
    return np.random.default_rng(0).uniform(size=(size, size))


def test_all_twelve_are_there():
    assert len(ALL) == 12


@pytest.mark.parametrize("name", ALL)
def test_read_only_square_and_odd(name):
    kernel = getattr(filters, name)
    assert kernel.dtype == "float32" and kernel.shape in [(3, 3), (5, 5)]
    with pytest.raises(ValueError, match="read-only"):
        kernel[0, 0] = 1


@pytest.mark.parametrize("name", [*BLURS, "IDENTITY", "SHARPEN"])
def test_keeps_an_even_image(name):
    np.testing.assert_allclose(apply(name, np.full((7, 7), 0.3)), 0.3, atol=1e-6)


@pytest.mark.parametrize("name", [*EDGES, "PLUS", "MINUS"])
def test_makes_an_even_image_black(name):
    np.testing.assert_allclose(apply(name, np.full((7, 7), 0.3)), 0, atol=1e-6)


@pytest.mark.parametrize("name", BLURS)
def test_blurs_reduce_noise(name):
    assert apply(name, image()).std() < image().std() / 2


def test_identity_lighten_darken():
    inner = image()[1:-1, 1:-1]
    for name, factor in (("IDENTITY", 1), ("LIGHTEN", 1.5), ("DARKEN", 0.5)):
        np.testing.assert_allclose(apply(name, image()), factor * inner, atol=1e-6)


def test_sharpen_adds_the_edges():
    expected = apply("IDENTITY", image()) - apply("LAPLACIAN", image())
    np.testing.assert_allclose(apply("SHARPEN", image()), expected, atol=1e-5)


def test_detectors_are_largest_on_their_own_pattern():
    canvas = np.zeros((9, 15))
    canvas[4, 2:5] = 1  # a minus with its centre at column 3
    canvas[4, 10:13] = canvas[3:6, 11] = 1  # a plus at column 11
    plus, minus = apply("PLUS", canvas), apply("MINUS", canvas)
    assert np.unravel_index(plus.argmax(), plus.shape) == (3, 10)
    assert np.unravel_index(minus.argmax(), minus.shape) == (3, 2)
    assert plus.max() == 5 and minus.max() == 3
