"""What the benchmarks compare are the same nets."""

import importlib
import inspect
import pkgutil

import keras
import nets
import numpy as np
import pytest

pytestmark = pytest.mark.backend
NAMES = [file.name for file in pkgutil.iter_modules(nets.__path__)]


@pytest.mark.parametrize("name", NAMES)
def test_our_net_and_the_one_of_keras_layers_have_the_same_size(name):
    net = importlib.import_module(f"nets.{name}")
    ours, theirs = built(net.ours(), net), built(net.keras_layers(), net)
    assert ours.count_params() == theirs.count_params()
    assert shapes(ours.outputs) == shapes(theirs.outputs)


@pytest.mark.parametrize("name", NAMES)
def test_a_net_with_channels_first_has_the_same_size(name):
    net = importlib.import_module(f"nets.{name}")
    if "layout" not in inspect.signature(net.keras_layers).parameters:
        pytest.skip("no images")
    first, last = net.keras_layers("channels_first"), net.keras_layers()
    assert first.count_params() == last.count_params()
    assert first.input_shape[1:] == last.input_shape[-1:] + last.input_shape[1:-1]


@pytest.mark.parametrize("name", ["mlp", "cnn", "resnet", "vit", "unet"])
def test_a_native_net_has_as_many_weights_to_train(name):
    net = importlib.import_module(f"nets.{name}")
    ours = built(net.ours(), net)
    expected = sum(np.prod(v.shape) for v in ours.trainable_variables)
    assert native_weights(name) == expected


def built(model, net):
    """The model on symbolic inputs: nothing is computed."""
    inputs = keras.tree.map_structure(
        lambda a: keras.Input(a.shape[1:], dtype=str(a.dtype)), net.data()[0]
    )
    return keras.Model(inputs, model(inputs))


def shapes(outputs):
    return [tuple(leaf.shape) for leaf in keras.tree.flatten(outputs)]


def native_weights(name):
    backend = keras.config.backend()
    net = getattr(importlib.import_module(f"native.{backend}_nets"), name)()
    weights = list(net.parameters()) if backend == "torch" else net[0]
    return sum(np.prod(leaf.shape) for leaf in keras.tree.flatten(weights))
