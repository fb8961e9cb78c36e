"""One step of the recurrent cell."""

import keras
import numpy as np
import pytest

from kerasdl.layers.recurrent_cell import RecurrentCell

pytestmark = pytest.mark.backend


def test_by_hand():
    cell = RecurrentCell(1, "identity")
    cell.build((None, 2), (None, 1))
    cell.set_weights([np.array([[1], [2]]), np.array([[10]]), np.array([0.5])])
    x, state = np.array([[3, 4]], "float32"), np.array([[5]], "float32")
    received = keras.ops.convert_to_numpy(cell(x, state))
    np.testing.assert_allclose(received, [[3 + 8 + 50 + 0.5]])


def test_the_state_neither_grows_nor_fades_much_at_the_start():
    cell = RecurrentCell(100, "identity")
    cell.build((None, 1), (None, 100))
    state = np.random.default_rng(0).normal(size=(20, 100)).astype("float32")
    after = state
    for _ in range(5):
        nothing = np.zeros((20, 1), "float32")
        after = keras.ops.convert_to_numpy(cell(nothing, after))
    assert 0.3 < after.std() / state.std() < 3


def test_wrong_units():
    with pytest.raises(ValueError, match="Received: units=0"):
        RecurrentCell(0)
