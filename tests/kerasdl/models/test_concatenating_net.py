"""The concatenating network: channels, parameters, errors."""

import numpy as np
import pytest

from kerasdl.models.concatenating_net import ConcatenatingNet

pytestmark = pytest.mark.backend


def parameters(channels, classes, growth, blocks):
    """Added up stage by stage."""
    total, c = 18 * channels * growth, 2 * growth
    for stage, number in enumerate(blocks):
        if stage > 0:
            total, c = total + c * (c // 2), c // 2
        for _ in range(number):
            total, c = total + c * (9 * growth + 4), c + growth
    return total + 4 * c + (c + 1) * classes


@pytest.mark.parametrize("growth, blocks", [(2, (1,)), (3, (2, 3)), (4, (1, 1, 2))])
def test_number_of_parameters(growth, blocks):
    model = ConcatenatingNet(5, growth, blocks)
    model.build((None, 8, 8, 2))
    assert model.count_params() == parameters(2, 5, growth, blocks)


def test_images_to_logits():
    x = np.random.default_rng(0).normal(size=(2, 8, 6, 1)).astype("float32")
    assert ConcatenatingNet(3, 2, (1, 2))(x).shape == (2, 3)


def test_errors():
    with pytest.raises(ValueError, match="blocks=0"):
        ConcatenatingNet(3, 2, (1, 0))
    with pytest.raises(ValueError, match="growth=0"):
        ConcatenatingNet(3, growth=0)
    with pytest.raises(ValueError, match="ConcatenatingNet needs images"):
        ConcatenatingNet(3).build((None, 64))
