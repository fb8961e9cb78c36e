"""FeatureNet and its trained weights; the perceptual distance."""

import keras
import numpy as np
import pytest

from kerasdl import data
from kerasdl.metrics import (
    FeatureNet,
    frechet_distance,
    inception_score,
    kernel_inception_distance,
    load_feature_net,
    perceptual_distance,
)

pytestmark = pytest.mark.backend


@pytest.fixture(scope="module")
def net():
    return load_feature_net()


@pytest.fixture(scope="module")
def digits():
    return data.load("digits", split="test")


def relu(x):
    return np.maximum(x, 0)


def slow_convolution(images, kernel, bias):
    """Zero-padded 3 by 3, with ReLU."""
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)))
    result = np.zeros((*images.shape[:3], kernel.shape[-1])) + bias
    for row, column in np.ndindex(3, 3):
        part = padded[:, row:, column:][:, : images.shape[1], : images.shape[2]]
        result += part @ kernel[row, column]
    return relu(result)


def slow_pooling(images):
    n, height, width, channels = images.shape
    windows = images.reshape(n, height // 2, 2, width // 2, 2, channels)
    return windows.max(axis=(2, 4))


def test_features_are_those_of_a_network_written_out(net, digits):
    """The same numbers on every backend, as NumPy has them too."""
    weights = [w.astype("float64") for w in net.get_weights()]
    x = digits[0][:20].astype("float64")
    for kernel, bias in (weights[:2], weights[2:4]):
        x = slow_pooling(slow_convolution(x, kernel, bias))
    features = relu(x.reshape(20, -1) @ weights[4] + weights[5])
    exponentials = np.exp(features @ weights[6] + weights[7])
    received = net.describe(digits[0][:20])
    np.testing.assert_allclose(received.features, features, atol=1e-4)
    expected = exponentials / exponentials.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(received.probabilities, expected, atol=1e-5)


def test_describe_does_not_depend_on_batches(net, digits):
    images = digits[0][:30]
    features, probabilities = net.describe(images)
    again = net.describe(images, batch_size=7)
    assert features.shape == (30, 64) and probabilities.shape == (30, 10)
    np.testing.assert_allclose(again.features, features, atol=1e-5)
    np.testing.assert_allclose(again.probabilities, probabilities, atol=1e-5)
    logits = keras.ops.convert_to_numpy(net(images))
    np.testing.assert_array_equal(logits.argmax(axis=1), probabilities.argmax(axis=1))


@pytest.mark.parametrize("name, least", [("digits", 0.97), ("mnist5k", 0.95)])
def test_accuracy_on_images_it_has_not_seen(name, least):
    images, labels = data.load(name, split="test")
    answers = load_feature_net(name).describe(images).probabilities.argmax(axis=1)
    assert np.mean(answers == labels) > least


def test_metrics_tell_real_digits_from_worse_ones(net, digits):
    train = net.describe(data.load("digits")[0])
    real = net.describe(digits[0])
    noise = np.random.default_rng(0).normal(0, 0.3, digits[0].shape)
    noisy = net.describe(np.clip(digits[0] + noise, 0, 1).astype("float32"))
    one = net.describe(digits[0][digits[1] == 1])
    for distance in (frechet_distance, kernel_inception_distance):
        good, worse, worst = (
            distance(train.features, other.features) for other in (real, noisy, one)
        )
        assert good < worse < worst
    assert inception_score(real.probabilities) > 9
    assert inception_score(one.probabilities) < 1.5


def test_perceptual_distance_is_the_loop(net, digits):
    x, y = digits[0][:3], digits[0][3:6]
    maps = [[keras.ops.convert_to_numpy(m) for m in net.maps(i)] for i in (x, y)]
    expected = np.zeros(3)
    for a, b in zip(*maps, strict=True):
        for n, row, column in np.ndindex(a.shape[:3]):
            first, second = a[n, row, column], b[n, row, column]
            units = (v / (np.linalg.norm(v) + 1e-10) for v in (first, second))
            expected[n] += np.sum(np.subtract(*units) ** 2) / a[0, ..., 0].size
    received = perceptual_distance(net, x, y)
    np.testing.assert_allclose(received, expected, rtol=1e-4)


def test_perceptual_distance_prefers_a_small_change(net, digits):
    images, labels = digits
    same = perceptual_distance(net, images[:20], images[:20])
    moved = perceptual_distance(net, images[:20], 0.9 * images[:20])
    others = np.array([images[labels != label][0] for label in labels[:20]])
    different = perceptual_distance(net, images[:20], others)
    assert (same == 0).all() and (0 < moved).all() and (moved < different).all()


def test_errors(net):
    with pytest.raises(ValueError, match="'digits', 'mnist5k'.*'faces'"):
        load_feature_net("faces")
    with pytest.raises(ValueError, match=r"4 by 4.*\(None, 2, 8, 1\)"):
        FeatureNet().build((None, 2, 8, 1))
    with pytest.raises(ValueError, match=r"4 by 4.*\(5, 8, 8\)"):
        FeatureNet()(np.zeros((5, 8, 8), "float32"))
    with pytest.raises(ValueError, match="same shape"):
        perceptual_distance(net, np.zeros((2, 8, 8, 1)), np.zeros((1, 8, 8, 1)))
