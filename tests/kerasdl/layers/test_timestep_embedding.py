"""The embedding of timesteps: its formula, what it tells apart, wrong arguments."""

import math

import numpy as np
import pytest
from keras import ops

from kerasdl.layers.timestep_embedding import TimestepEmbedding

pytestmark = pytest.mark.backend


def embedded(steps, *args, **kwargs):
    layer = TimestepEmbedding(*args, **kwargs)
    return ops.convert_to_numpy(layer(np.array(steps, "int32")))


def test_by_hand():
    expected = [[0, 0, 1, 1], [math.sin(3), math.sin(0.3), math.cos(3), math.cos(0.3)]]
    np.testing.assert_allclose(embedded([0, 3], 4, period=100.0), expected, atol=1e-6)


def test_every_step_has_an_embedding_of_its_own_with_the_same_length():
    rows = embedded(np.arange(1000), 32)
    distances = np.linalg.norm(rows[:, None] - rows, axis=-1)
    assert distances[~np.eye(1000, dtype=bool)].min() > 0.1
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 4.0, rtol=1e-5)


def test_steps_apart_matter_not_the_steps():
    rows = embedded(np.arange(50), 16)
    products = rows @ rows.T
    for shift in (1, 7):
        np.testing.assert_allclose(
            np.diag(products, shift), products[0, shift], atol=1e-4
        )


def test_float_and_integer_steps_are_the_same():
    layer = TimestepEmbedding(8)
    one, other = layer(np.arange(5, dtype="int32")), layer(np.arange(5.0))
    np.testing.assert_array_equal(*map(ops.convert_to_numpy, (one, other)))


def test_bfloat16_still_tells_late_steps_apart():
    rows = embedded([900, 901], 16, dtype="mixed_bfloat16").astype("float32")
    assert np.abs(rows[0] - rows[1]).max() > 0.3


@pytest.mark.parametrize("dim", [0, 3, 2.0, True])
def test_dim_is_even(dim):
    with pytest.raises(ValueError, match="Received: dim="):
        TimestepEmbedding(dim)


def test_other_errors():
    with pytest.raises(ValueError, match="period above 1"):
        TimestepEmbedding(4, period=1)
    with pytest.raises(ValueError, match=r"\(batch,\).*\(3, 2\)"):
        TimestepEmbedding(4)(np.zeros((3, 2), "int32"))


def test_float_steps_keep_their_digits_in_mixed_precision():
    layer = TimestepEmbedding(4, dtype="mixed_bfloat16")
    steps = np.array([257.0, 258.0], "float32")
    received = ops.convert_to_numpy(ops.cast(layer(steps), "float32"))
    np.testing.assert_allclose(received[:, 0], np.sin(steps), atol=0.01)


def test_longest_wave():
    assert TimestepEmbedding(4, period=100).frequencies.min() == np.float32(0.1)
