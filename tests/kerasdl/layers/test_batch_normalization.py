"""Batch normalisation: the algorithm step by step, its averages, frozen, extremes."""

import keras
import numpy as np
import pytest
from keras import ops

import kerasdl
from differences import slopes
from kerasdl.layers.batch_normalization import BatchNormalization

pytestmark = pytest.mark.backend


def numpy(value):
    return ops.convert_to_numpy(value)


def draw(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype("float32")


def made(channels=3, **arguments):
    """A layer whose gamma, beta and averages are random."""
    layer = BatchNormalization(**arguments)
    layer.build((None, channels))
    gamma, beta, mean, variance = [draw(channels, seed=i) for i in range(4)]
    layer.set_weights([gamma, beta, mean, variance**2 + 0.5])
    return layer


def normalized(x, mean, variance, epsilon=1e-3):
    return (x - mean) / np.sqrt(variance + epsilon)


def test_four_numbers_by_hand():
    layer = BatchNormalization(epsilon=1.0)
    x = np.array([[1.0], [3.0], [5.0], [7.0]], "float32")  # mean 4, variance 5
    expected = (x - 4) / np.sqrt(6)
    np.testing.assert_allclose(numpy(layer(x, training=True)), expected, atol=1e-6)


@pytest.mark.parametrize("shape", [(6, 3), (4, 5, 3), (4, 5, 2, 3)])
def test_training_uses_the_batch(shape):
    layer, x = made(), 2 * draw(*shape, seed=7) + 1
    flat = x.reshape(-1, 3)
    gamma, beta = map(numpy, (layer.gamma, layer.beta))
    expected = gamma * normalized(x, flat.mean(0), flat.var(0)) + beta
    np.testing.assert_allclose(numpy(layer(x, training=True)), expected, atol=1e-5)


def test_elsewhere_the_running_averages_are_used():
    layer, x = made(), draw(5, 3, seed=7)
    gamma, beta, mean, variance = map(numpy, layer.weights)
    expected = gamma * normalized(x, mean, variance) + beta
    np.testing.assert_allclose(numpy(layer(x)), expected, atol=1e-5)
    np.testing.assert_allclose(numpy(layer(x[:1])), expected[:1], atol=1e-5)


def test_running_averages_follow_the_batches():
    layer = made(momentum=0.6)
    _, _, mean, variance = map(numpy, layer.weights)
    for seed in range(3):
        x = draw(8, 3, seed=seed)
        layer(x, training=True)
        mean = 0.6 * mean + 0.4 * x.mean(0)
        variance = 0.6 * variance + 0.4 * x.var(0)
    np.testing.assert_allclose(numpy(layer.running_mean), mean, atol=1e-6)
    np.testing.assert_allclose(numpy(layer.running_variance), variance, atol=1e-6)


def test_a_frozen_layer_neither_adapts_nor_uses_the_batch():
    layer, x = made(), draw(5, 3, seed=7)
    layer.trainable = False
    before = layer.get_weights()
    np.testing.assert_array_equal(numpy(layer(x, training=True)), numpy(layer(x)))
    for old, new in zip(before, layer.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


def test_a_large_mean_does_not_cost_precision():
    layer, x = BatchNormalization(), draw(64, 2)
    centred = numpy(layer(x, training=True))
    shifted = numpy(layer(x + 1000, training=True))
    np.testing.assert_allclose(shifted, centred, atol=1e-3)


def test_a_channel_without_variance_becomes_beta():
    layer, x = made(), np.full((4, 3), 3.0, "float32")
    y = numpy(layer(x, training=True))
    np.testing.assert_allclose(y, np.tile(numpy(layer.beta), (4, 1)), atol=1e-6)


def test_agrees_with_keras():
    ours, theirs = made(), keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-3)
    theirs.build((None, 3))
    theirs.set_weights(ours.get_weights())
    x = draw(9, 3, seed=8)
    for training in (True, False):
        expected = numpy(theirs(x, training=training))
        received = numpy(ours(x, training=training))
        np.testing.assert_allclose(received, expected, atol=1e-5)
    for one, other in zip(ours.get_weights(), theirs.get_weights(), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


def test_gradient_runs_through_mean_and_variance():
    layer, targets = made(), ops.convert_to_tensor(draw(4, 3, seed=9))
    weights = layer.trainable_variables, layer.non_trainable_variables

    def loss(x):  # stateless: a gradient may not change the averages
        y, _ = layer.stateless_call(*weights, ops.convert_to_tensor(x), training=True)
        return ops.sum(ops.square(y - targets))

    x = draw(4, 3, seed=7)
    gradient = numpy(kerasdl.grad(loss)(x))
    np.testing.assert_allclose(gradient, slopes(loss, x), atol=1e-2)


def test_statistics_stay_float32_in_mixed_precision():
    layer = BatchNormalization(dtype="mixed_bfloat16")
    x = 100 + draw(256, 2)
    y = layer(x, training=True)
    assert keras.backend.standardize_dtype(y.dtype) == "bfloat16"
    rounded = numpy(ops.cast(ops.cast(x, "bfloat16"), "float32"))
    mean = numpy(layer.running_mean)
    np.testing.assert_allclose(mean, 0.1 * rounded.mean(0), rtol=1e-5)


@pytest.mark.parametrize(
    "arguments", [{"momentum": 1.0}, {"momentum": -0.1}, {"epsilon": 0.0}]
)
def test_wrong_arguments_are_errors(arguments):
    with pytest.raises(ValueError, match=r"momentum in \[0, 1\).*Received"):
        BatchNormalization(**arguments)


def test_unknown_channels_are_an_error():
    with pytest.raises(ValueError, match="known channels.*Received"):
        BatchNormalization().build((None, None))
