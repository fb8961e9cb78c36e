"""The concatenating block: what it keeps and what it adds."""

import numpy as np
import pytest
from keras import ops

from kerasdl.layers.concatenating import ConcatenatingBlock

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def draw(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def test_the_input_comes_out_unchanged_beside_new_features():
    block, x = ConcatenatingBlock(2), draw(2, 5, 4, 3)
    y = numpy(block(x))
    np.testing.assert_array_equal(y[..., :3], x)
    new = block.correlation(ops.relu(block.norm(ops.convert_to_tensor(x))))
    np.testing.assert_allclose(y[..., 3:], numpy(new), atol=1e-6)
    assert y.shape == block.compute_output_shape(x.shape) == (2, 5, 4, 5)


def test_later_blocks_read_all_earlier_features():
    blocks, x = [ConcatenatingBlock(2) for _ in range(3)], draw(1, 4, 4, 3)
    for block in blocks:
        x = block(x)
    channels = [block.norm.gamma.shape[0] for block in blocks]
    assert channels == [3, 5, 7] and x.shape[-1] == 9


def test_number_of_parameters():
    block = ConcatenatingBlock(2)
    block.build((None, 8, 8, 5))
    assert block.count_params() == 5 * (9 * 2 + 4)


def test_errors():
    with pytest.raises(ValueError, match="growth=0"):
        ConcatenatingBlock(0)
    with pytest.raises(ValueError, match="ConcatenatingBlock needs images"):
        ConcatenatingBlock(2).build((None, 8, 8))
