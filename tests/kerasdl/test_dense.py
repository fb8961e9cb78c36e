"""Dense is a(xW + b), keeps its configuration, and says what it needs."""

import keras
import numpy as np
import pytest

from kerasdl import Dense, GlorotUniform

pytestmark = pytest.mark.backend


def numpy(value):
    return keras.ops.convert_to_numpy(value)


@pytest.mark.parametrize("shape", [(5, 4), (2, 3, 4)])
def test_formula_on_the_last_axis(shape):
    x = np.random.default_rng(0).normal(size=shape).astype("float32")
    layer = Dense(6, "tanh")
    layer.build(shape)
    kernel, bias = numpy(layer.kernel), np.linspace(-1, 1, 6, dtype="float32")
    layer.bias.assign(bias)
    received = numpy(layer(x))
    np.testing.assert_allclose(received, np.tanh(x @ kernel + bias), atol=1e-5)
    assert layer.compute_output_shape(shape) == received.shape


def test_starts():
    layer = Dense(3, kernel_initializer=GlorotUniform(4))
    layer.build((None, 2))
    np.testing.assert_array_equal(numpy(layer.kernel), numpy(GlorotUniform(4)((2, 3))))
    np.testing.assert_array_equal(numpy(layer.bias), np.zeros(3))


def test_layers_start_differently_by_default():
    first, second = Dense(3), Dense(3)
    first.build((None, 2)), second.build((None, 2))
    assert not np.array_equal(numpy(first.kernel), numpy(second.kernel))


def test_functional_model_with_unknown_batch():
    inputs = keras.Input((7, 4))
    outputs = Dense(2, "relu")(inputs)
    assert outputs.shape == (None, 7, 2)
    model = keras.Model(inputs, outputs)
    assert model.predict(np.ones((3, 7, 4)), verbose=0).shape == (3, 7, 2)


def shifted(x):
    return x + 1


@pytest.mark.parametrize("activation", [None, "leaky_relu", "gelu", shifted])
def test_save_and_load(activation, tmp_path):
    layer = Dense(3, activation, GlorotUniform(1), name="mine")
    model = keras.Sequential([keras.Input((2,)), layer])
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(
        tmp_path / "model.keras", custom_objects={"shifted": shifted}
    )
    x = np.linspace(-2, 2, 8, dtype="float32").reshape(4, 2)
    np.testing.assert_array_equal(numpy(loaded(x)), numpy(model(x)))
    assert isinstance(loaded.layers[0], Dense)
    assert loaded.layers[0].name == "mine"
    assert loaded.layers[0].get_config() == layer.get_config()


@pytest.mark.parametrize("units", [0, -1, 2.5, "3", None, True])
def test_wrong_units(units):
    with pytest.raises(ValueError, match=f"Received: units={units!r}"):
        Dense(units)


def test_wrong_activation():
    with pytest.raises(ValueError, match="Received: 'rleu'"):
        Dense(3, "rleu")


def test_wrong_input():
    with pytest.raises(ValueError, match=r"\(batch, ..., dim\).*\(4,\)"):
        Dense(3)(np.ones(4, "float32"))
    with pytest.raises(ValueError, match="known dim"):
        Dense(3)(keras.Input((None,)))
    layer = Dense(3)
    layer(np.ones((2, 4), "float32"))
    with pytest.raises(ValueError, match="axis -1"):
        layer(np.ones((2, 5), "float32"))
