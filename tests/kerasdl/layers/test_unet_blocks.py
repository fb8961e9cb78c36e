"""The pieces of a U-Net: shapes, doubling, embeddings, errors."""

import numpy as np
import pytest
from keras import ops

from kerasdl.layers.unet import DoubleCorrelation, DownBlock, UpBlock

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def draw(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def double(c, f):
    return 9 * f * (c + f) + 2 * f


def test_embedding_shifts_all_pixels_of_an_example():
    block, x, e = DoubleCorrelation(3, embedding_dim=5), draw(2, 4, 6, 2), draw(2, 5)
    y = numpy(block(x, e))
    shift = e @ numpy(block.shift.kernel)
    first = numpy(block.first(x)) + shift[:, None, None]
    second = numpy(block.second(ops.convert_to_tensor(np.maximum(first, 0))))
    expected = np.maximum(second, 0)
    np.testing.assert_allclose(y, expected, atol=1e-5)


def test_down_keeps_the_features_and_halves_the_image():
    block, x = DownBlock(3), draw(2, 4, 6, 2)
    features, halved = map(numpy, block(x))
    np.testing.assert_array_equal(
        halved, features.reshape(2, 2, 2, 3, 2, 3).max(axis=(2, 4))
    )
    assert block.compute_output_shape(x.shape) == (features.shape, halved.shape)


def test_up_doubles_each_pixel_and_joins_the_features():
    block, x, features = UpBlock(3), draw(2, 2, 3, 4), draw(2, 4, 6, 2)
    y = numpy(block(x, features))
    doubled = np.kron(x, np.ones((1, 2, 2, 1))).astype("float32")
    both = np.concatenate([features, numpy(block.up(doubled))], axis=-1)
    expected = numpy(block.correlations(ops.convert_to_tensor(both)))
    np.testing.assert_allclose(y, expected, atol=1e-5)
    assert y.shape == block.compute_output_shape(x.shape, features.shape)


def test_number_of_parameters():
    down, up, shifted = DownBlock(3), UpBlock(3), DoubleCorrelation(3, 5)
    down.build((None, 4, 6, 2))
    up.build((None, 2, 3, 4), (None, 4, 6, 2))
    shifted.build((None, 4, 6, 2))
    assert down.count_params() == double(2, 3)
    assert up.count_params() == (4 * 4 + 1) * 3 + double(5, 3)
    assert shifted.count_params() == double(2, 3) + 3 * (5 + 1)


@pytest.mark.parametrize("shape", [(1, 5, 4, 2), (1, 4, 5, 2)])
def test_odd_sides_cannot_be_halved(shape):
    with pytest.raises(ValueError, match="even sides.*Received"):
        DownBlock(3).build(shape)


@pytest.mark.parametrize(
    "dim, embedding", [(None, draw(1, 5)), (5, None), (5, draw(1, 4)), (5, draw(5))]
)
def test_missing_wrong_or_unexpected_embeddings(dim, embedding):
    with pytest.raises(ValueError, match="embedding_dim=.*needs.*Received"):
        DoubleCorrelation(3, dim)(draw(1, 4, 4, 2), embedding)


def test_wrong_sizes_are_errors():
    with pytest.raises(ValueError, match="filters=0"):
        DownBlock(0)
    with pytest.raises(ValueError, match="embedding_dim=0"):
        UpBlock(2, embedding_dim=0)
