"""The small CNN: its formula and errors."""

import numpy as np
import pytest
from keras import ops

from kerasdl.models.cnn import CNN

pytestmark = pytest.mark.backend


def test_is_its_layers_one_after_the_other():
    x = np.random.default_rng(0).normal(size=(2, 9, 8, 1)).astype("float32")
    model = CNN(3, widths=(2, 3), units=5)
    logits = ops.convert_to_numpy(model(x))
    for correlation in model.correlations:
        y = np.maximum(ops.convert_to_numpy(correlation(x)), 0)
        height, width = [n // 2 * 2 for n in y.shape[1:3]]
        windows = y[:, :height, :width].reshape(2, height // 2, 2, width // 2, 2, -1)
        x = windows.max(axis=(2, 4))
    hidden = np.maximum(x.reshape(2, -1) @ model.hidden.kernel + model.hidden.bias, 0)
    expected = hidden @ model.head.kernel + model.head.bias
    np.testing.assert_allclose(logits, ops.convert_to_numpy(expected), atol=1e-5)


@pytest.mark.parametrize("sides, places", [((8, 8), 4), ((9, 11), 4), ((4, 12), 3)])
def test_number_of_parameters(sides, places):
    model = CNN(3, widths=(2, 5), units=7)
    model.build((None, *sides, 2))
    filters = (9 * 2 + 1) * 2 + (9 * 2 + 1) * 5
    assert model.count_params() == filters + (places * 5 + 1) * 7 + 8 * 3


def test_errors():
    with pytest.raises(ValueError, match="MaxPooling2D needs images no smaller"):
        CNN(3, widths=(2, 2, 2)).build((None, 4, 4, 1))
    with pytest.raises(ValueError, match="CNN needs images.*Received"):
        CNN(3).build((None, 64))
    with pytest.raises(ValueError, match="units=0"):
        CNN(3, units=0)
