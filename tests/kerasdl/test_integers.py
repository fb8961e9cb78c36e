"""Whole numbers as inputs are as good as floats, and NumPy's as arguments."""

import keras
import numpy as np
import pytest

import kerasdl
from kerasdl import layers, models

pytestmark = pytest.mark.backend


def numpy(value):
    return keras.ops.convert_to_numpy(value)


LAYERS = [
    lambda: layers.AveragePooling2D(2),
    lambda: layers.MaxPooling2D(2),
    lambda: layers.AdaptiveAveragePooling2D(3),
    lambda: layers.Correlation2D(2, 3),
    lambda: layers.ConcatenatingBlock(2),
    lambda: layers.ResidualBlock(2),
    lambda: layers.DoubleCorrelation(2),
    lambda: layers.BatchNormalization(),
    lambda: layers.PatchEmbedding(2, 3),
    lambda: models.CNN(2, (2,), 3),
    lambda: models.UNet(2, (2, 3)),
]
OF_TOKENS = [
    layers.SinusoidalPositions,
    layers.LearnedPositions,
    layers.ClassToken,
    layers.KernelSmoother,
    layers.GraphPooling,
    lambda: layers.GraphPooling("max"),
    lambda: layers.MixerBlock(3, 3),
    lambda: layers.GMLPBlock(4, 6),
    lambda: layers.SpatialGatingUnit(),
    lambda: layers.TransformerBlock(4, 2, 3),
    lambda: layers.MultiHeadAttention(4, 2),
    lambda: layers.Recurrent(3),
    lambda: layers.Dense(3),
]


def check(layer, x):
    x = np.asarray(x)
    expected = numpy(layer(x.astype("float32")))
    received = numpy(layer(x))
    assert received.dtype == "float32"
    np.testing.assert_allclose(received, expected, atol=1e-6)


@pytest.mark.parametrize("make", LAYERS)
def test_images(make):
    check(
        make(), np.random.default_rng(0).integers(9, size=(2, 4, 4, 2)).astype("uint8")
    )


@pytest.mark.parametrize("make", OF_TOKENS)
def test_tokens(make):
    check(make(), np.random.default_rng(0).integers(9, size=(2, 3, 4)).astype("int32"))


def test_graphs():
    random = np.random.default_rng(0)
    nodes, adjacency = (
        random.integers(5, size=(2, 3, 2)),
        random.integers(2, size=(2, 3, 3)),
    )
    for layer in (layers.GraphConvolution(2), layers.MessagePassing(2)):
        expected = numpy(layer(nodes.astype("float32"), adjacency.astype("float32")))
        received = numpy(layer(nodes.astype("int32"), adjacency.astype("int32")))
        np.testing.assert_allclose(received, expected, atol=1e-6)


def test_dropout_and_noise():
    kerasdl.seed(0)
    dropped = numpy(layers.Dropout(0.3)(np.full((50, 4), 10), training=True))
    np.testing.assert_allclose(np.unique(dropped), [0, 10 / 0.7], rtol=1e-5)
    quantizer = layers.VectorQuantizer(3)
    chosen = numpy(quantizer(np.ones((2, 2), "int32"))[0])
    assert np.any(chosen != np.round(chosen))


def test_arguments_of_numpy():
    three = np.array([0, 2, 1]).max() + 1
    assert type(layers.Dense(three).units) is int
    assert models.MLP(np.int64(4), three).units == (4,)
    assert layers.AdaptiveAveragePooling2D(three).get_config()["size"] == (3, 3)
    for wrong in (True, 3.0, np.bool_(True), np.float32(3)):
        with pytest.raises(ValueError, match="whole number"):
            layers.Dense(wrong)


def test_a_model_with_arguments_of_numpy_is_saved(tmp_path):
    model = models.CNN(np.int64(3), (np.int64(2),), np.int64(4))
    x = np.ones((2, 4, 4, 1), "float32")
    expected = numpy(model(x))
    model.save(tmp_path / "cnn.keras")
    loaded = keras.models.load_model(tmp_path / "cnn.keras")
    np.testing.assert_allclose(numpy(loaded(x)), expected, atol=1e-6)
