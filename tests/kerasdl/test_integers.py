"""Whole numbers as inputs are as good as floats, and NumPy's as arguments."""

import keras
import numpy as np
import pytest

import harness
import kerasdl
from cases import all_cases
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


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_what_arguments_of_numpy_make_is_saved(case, tmp_path):
    plain = case.build()
    made = type(plain).from_config(numpy_numbers(plain.get_config()))
    model = made if isinstance(made, keras.Model) else harness.functional(made, case)
    if model is made:
        harness.functional(made, case)
    model.save(tmp_path / "case.keras")
    loaded = keras.models.load_model(tmp_path / "case.keras")
    again = loaded if model is made else loaded.get_layer(made.name)
    assert again.get_config() == plain.get_config()


def numpy_numbers(config):
    """A config, and those nested in it, with whole numbers as NumPy's."""
    if isinstance(config, dict):
        return {name: numpy_numbers(value) for name, value in config.items()}
    if isinstance(config, (list, tuple)):
        return type(config)(numpy_numbers(value) for value in config)
    return np.int64(config) if type(config) is int else config


def test_numpy_numbers_are_recorded_as_plain_ones():
    layer = layers.MultiHeadAttention(np.int64(8), np.int32(2), causal=np.bool_(True))
    kept = {name: layer.get_config()[name] for name in ("dim", "heads", "causal")}
    assert kept == {"dim": 8, "heads": 2, "causal": True}
    assert [type(value) for value in kept.values()] == [int, int, bool]
    assert type(layers.Dropout(np.float32(0.5)).get_config()["rate"]) is float
