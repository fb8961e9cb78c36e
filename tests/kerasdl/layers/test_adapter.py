"""Residual adapters: start, formula, what is shared and what learns, errors."""

import keras
import numpy as np
import pytest
from keras import ops

from kerasdl.layers.adapter import ResidualAdapter
from kerasdl.layers.correlation import Correlation2D
from kerasdl.layers.dense import Dense
from kerasdl.training.freezing import train_only

pytestmark = pytest.mark.backend

MODES = pytest.mark.parametrize("mode", ["parallel", "series"])


def numpy(value):
    return ops.convert_to_numpy(value)


def draw(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def made(mode, stride=1):
    """An adapter with random weights, and its input."""
    shared = Correlation2D(4, 3, stride, padding="same")
    layer, x = ResidualAdapter(shared, mode), draw(2, 6, 5, 3)
    layer(x)
    kernel = layer.adapter.kernel
    kernel.assign(draw(*kernel.shape, seed=1))
    return layer, x


@MODES
def test_starts_as_the_shared_filters(mode):
    shared, x = Correlation2D(4, 3, padding="same"), draw(2, 6, 5, 3)
    before = numpy(shared(x))
    np.testing.assert_array_equal(numpy(ResidualAdapter(shared, mode)(x)), before)


@pytest.mark.parametrize("stride", [1, 2])
def test_in_parallel(stride):
    layer, x = made("parallel", stride)
    kernel = numpy(layer.adapter.kernel)[0, 0]
    expected = numpy(layer.correlation(x)) + x[:, ::stride, ::stride] @ kernel
    np.testing.assert_allclose(numpy(layer(x)), expected, atol=1e-5)


@pytest.mark.parametrize("stride", [1, 2])
def test_in_series(stride):
    layer, x = made("series", stride)
    z = numpy(layer.correlation(x))
    expected = z + z @ numpy(layer.adapter.kernel)[0, 0]
    np.testing.assert_allclose(numpy(layer(x)), expected, atol=1e-5)


def test_only_the_adapter_learns_even_when_told_otherwise():
    layer, _ = made("parallel")
    for value in (False, True):
        layer.trainable = value
        expected = [layer.adapter.kernel.path] if value else []
        assert [v.path for v in layer.trainable_variables] == expected


def test_domains_share_the_filters():
    shared, x = Correlation2D(4, 3, padding="same"), draw(8, 6, 6, 1)
    domains = [
        keras.Sequential([ResidualAdapter(shared), keras.layers.Flatten(), Dense(1)])
        for _ in range(2)
    ]
    for model in domains:
        model.build(x.shape)
        train_only(model, (ResidualAdapter, Dense))
    filters = numpy(shared.kernel)
    domains[0].compile("sgd", "mse")
    domains[0].fit(x, draw(8, 1), verbose=0)
    np.testing.assert_array_equal(numpy(shared.kernel), filters)
    adapters = [numpy(model.layers[0].adapter.kernel) for model in domains]
    assert np.any(adapters[0]) and not np.any(adapters[1])


@pytest.mark.parametrize("mode, own", [("parallel", 3 * 4), ("series", 4 * 4)])
def test_number_of_parameters(mode, own):
    layer, _ = made(mode)
    assert layer.count_params() == (9 * 3 + 1) * 4 + own
    assert sum(v.value.shape[-1] * v.shape[-2] for v in layer.trainable_weights) == own


@pytest.mark.parametrize(
    "correlation, mode",
    [
        (Dense(3), "series"),
        (Correlation2D(3, 3, padding="same", activation="relu"), "parallel"),
        (Correlation2D(3, 3), "parallel"),
    ],
)
def test_unsuitable_filters_are_errors(correlation, mode):
    with pytest.raises(ValueError, match="Correlation2D without activation"):
        ResidualAdapter(correlation, mode)


def test_unknown_mode_is_an_error():
    with pytest.raises(ValueError, match="'parallel', 'series'.*mode='beside'"):
        ResidualAdapter(Correlation2D(3, 1), "beside")
