"""Plain and residual blocks: the sum, the shortcut, the gradient, errors."""

import numpy as np
import pytest
from keras import ops

from kerasdl.layers.residual import PlainBlock, ResidualBlock

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def draw(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def test_identity_shortcut_is_a_sum():
    block, x = ResidualBlock(3), draw(2, 5, 4, 3)
    y = numpy(block(x))
    assert block.projection is None
    expected = np.maximum(numpy(block.branch(ops.convert_to_tensor(x))) + x, 0)
    np.testing.assert_allclose(y, expected, atol=1e-5)


@pytest.mark.parametrize("filters, stride", [(4, 1), (3, 2), (4, 2)])
def test_projection_where_the_shape_changes(filters, stride):
    block, x = ResidualBlock(filters, stride), draw(2, 5, 4, 3)
    y = numpy(block(x))
    assert y.shape == (2, -(-5 // stride), 4 // stride, filters)
    projection = numpy(block.projection.kernel)[0, 0]
    shortcut = x[:, ::stride, ::stride] @ projection / np.sqrt(1 + 1e-3)
    branch = numpy(block.branch(ops.convert_to_tensor(x)))
    np.testing.assert_allclose(y, np.maximum(branch + shortcut, 0), atol=1e-4)


def test_a_silent_branch_lets_the_input_through():
    residual, plain = ResidualBlock(3), PlainBlock(3)
    x = np.abs(draw(2, 5, 4, 3))
    for block in (residual, plain):
        block(x)
        block.second_norm.gamma.assign(np.zeros(3))
    np.testing.assert_allclose(numpy(residual(x)), x, atol=1e-6)
    np.testing.assert_allclose(numpy(plain(x)), 0, atol=1e-6)


def test_plain_block_is_the_branch():
    block, x = PlainBlock(4, 2), draw(2, 5, 4, 3)
    y = numpy(block(x))
    expected = np.maximum(numpy(block.branch(ops.convert_to_tensor(x))), 0)
    np.testing.assert_allclose(y, expected, atol=1e-6)


def test_training_reaches_all_norms():
    block, x = ResidualBlock(4, 2), 3 + draw(2, 6, 6, 3)
    block(x, training=True)
    for norm in (block.first_norm, block.second_norm, block.projection_norm):
        assert np.all(numpy(norm.running_mean) != 0)


@pytest.mark.parametrize("c, f, stride", [(3, 3, 1), (3, 4, 1), (3, 3, 2)])
def test_number_of_parameters(c, f, stride):
    plain, residual = PlainBlock(f, stride), ResidualBlock(f, stride)
    for block in (plain, residual):
        block.build((None, 8, 8, c))
    assert plain.count_params() == 9 * f * (c + f) + 8 * f
    extra = 0 if c == f and stride == 1 else f * (c + 4)
    assert residual.count_params() == plain.count_params() + extra


def test_errors():
    with pytest.raises(ValueError, match="ResidualBlock.*filters=0"):
        ResidualBlock(0)
    with pytest.raises(ValueError, match="PlainBlock.*stride=0"):
        PlainBlock(2, stride=0)
    with pytest.raises(ValueError, match="ResidualBlock needs images.*Received"):
        ResidualBlock(2).build((None, 8, 8))
