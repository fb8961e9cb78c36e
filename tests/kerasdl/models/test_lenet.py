"""LeNet: the paper's sizes, its stages, which images fit."""

import numpy as np
import pytest
from keras import ops

from kerasdl.models.lenet import LeNet

pytestmark = pytest.mark.backend


def parameters(side, channels, k, classes):
    s = (side // 2 - k + 1) // 2
    filters = 6 * (k * k * channels + 1) + 16 * (6 * k * k + 1)
    return filters + 120 * (16 * s * s + 1) + 84 * 121 + 85 * classes


@pytest.mark.parametrize(
    "side, channels, k, classes", [(28, 1, 5, 10), (8, 1, 3, 10), (32, 3, 5, 4)]
)
def test_number_of_parameters(side, channels, k, classes):
    model = LeNet(classes, kernel_size=k)
    model.build((None, side, side, channels))
    assert model.count_params() == parameters(side, channels, k, classes)


def test_mnist_needs_61706():
    assert parameters(28, 1, 5, 10) == 61706


def test_images_to_logits():
    images = np.random.default_rng(0).uniform(size=(3, 8, 8, 1)).astype("float32")
    model = LeNet(10, kernel_size=3)
    logits = ops.convert_to_numpy(model(images))
    assert logits.shape == model.compute_output_shape(images.shape) == (3, 10)
    alone = ops.convert_to_numpy(model(images[1:2]))
    np.testing.assert_allclose(alone, logits[1:2], atol=1e-5)


@pytest.mark.parametrize("shape", [(28, 26, 1), (8, 8, 1), (27, 27, 1), (30, 30, 1)])
def test_images_that_do_not_fit_are_errors(shape):
    with pytest.raises(ValueError, match="a side of 12, 16, ... 28.*Received"):
        LeNet(10).build((None, *shape))


@pytest.mark.parametrize("shape", [(28, 28), (None, 28, 1)])
def test_unknown_sides_are_errors(shape):
    with pytest.raises(ValueError, match="LeNet needs images"):
        LeNet(10).build((None, *shape))


def test_wrong_arguments_are_errors():
    with pytest.raises(ValueError, match="classes=0"):
        LeNet(0)
