"""Rows with a one; zeros for numbers out of range, on every backend."""

import keras
import numpy as np
import pytest

from kerasdl.layers.one_hot import one_hot
from kerasdl.layers.token_embedding import TokenEmbedding

pytestmark = pytest.mark.backend


def numpy(value):
    return keras.ops.convert_to_numpy(value)


def test_rows_of_the_identity():
    numbers = np.array([[2, 0], [1, 2]])
    np.testing.assert_array_equal(
        numpy(one_hot(numbers, 3, "float32")), np.eye(3)[numbers]
    )


def test_out_of_range_is_zero():
    assert not numpy(one_hot(np.array([-1, 3, 99]), 3, "float32")).any()
    assert not numpy(TokenEmbedding(3, 2)(np.array([[-1, 3]]))).any()
