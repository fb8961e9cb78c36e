"""Aggregation over those who are linked, by hand."""

import keras
import numpy as np
import pytest

from kerasdl.layers.neighbourhood import aggregate

pytestmark = pytest.mark.backend

VALUES = np.array([[[1, -2], [3, -4], [5, -6]]], "float32")


@pytest.mark.parametrize(
    ("aggregation", "linked", "expected"),
    [
        ("sum", [1, 0, 1], [6, -8]),
        ("mean", [1, 0, 1], [3, -4]),
        ("max", [1, 0, 1], [5, -2]),
        ("max", [0, 1, 0], [3, -4]),
        ("sum", [0, 0, 0], [0, 0]),
        ("mean", [0, 0, 0], [0, 0]),
        ("max", [0, 0, 0], [0, 0]),
    ],
)
def test_by_hand(aggregation, linked, expected):
    for kind in ("float32", "bool", "int32"):
        received = aggregate(
            keras.ops.convert_to_tensor(VALUES),
            keras.ops.convert_to_tensor(np.array([linked], kind)),
            aggregation,
        )
        np.testing.assert_allclose(keras.ops.convert_to_numpy(received), [expected])
