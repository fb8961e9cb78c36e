"""Graph convolution: self loops and symmetric normalisation."""

import keras
import numpy as np
import pytest

from kerasdl.layers.graph_convolution import GraphConvolution

pytestmark = pytest.mark.backend

RANDOM = np.random.default_rng(0)
NODES = RANDOM.normal(size=(2, 5, 3)).astype("float32")
HALF = np.triu(RANDOM.integers(2, size=(2, 5, 5)), k=1)
ADJACENCY = (HALF + HALF.swapaxes(1, 2)).astype("float32")


def numpy(value):
    return keras.ops.convert_to_numpy(value)


def layer_of(activation="identity"):
    layer = GraphConvolution(4, activation)
    layer.build(NODES.shape, ADJACENCY.shape)
    layer.bias.assign(np.linspace(-1, 1, 4, dtype="float32"))
    return layer


def test_against_a_loop():
    layer = layer_of()
    kernel, bias = (numpy(variable) for variable in layer.weights)
    looped = np.maximum(ADJACENCY, np.eye(5))
    degrees = looped.sum(axis=2)
    expected = np.tile(bias.astype("float64"), (2, 5, 1))
    for g, i, j in np.ndindex(2, 5, 5):
        scale = looped[g, i, j] / np.sqrt(degrees[g, i] * degrees[g, j])
        expected[g, i] += scale * (NODES[g, j] @ kernel)
    np.testing.assert_allclose(numpy(layer(NODES, ADJACENCY)), expected, atol=1e-5)


def test_path_of_two_by_hand():
    """Both degrees are 2, so each node becomes the mean of both."""
    layer = GraphConvolution(1, "identity")
    layer.build((None, 2, 1), (None, 2, 2))
    layer.set_weights([np.ones((1, 1)), np.zeros(1)])
    received = layer(np.array([[[2], [6]]], "float32"), np.array([[[0, 1], [1, 0]]]))
    np.testing.assert_allclose(numpy(received), [[[4], [4]]], rtol=1e-5)


def test_ones_on_the_diagonal_change_nothing():
    layer = layer_of()
    looped = np.maximum(ADJACENCY, np.eye(5, dtype="float32"))
    received, expected = layer(NODES, looped), layer(NODES, ADJACENCY)
    np.testing.assert_allclose(numpy(received), numpy(expected), atol=1e-6)


def test_without_edges_it_is_a_dense_layer():
    layer = layer_of("tanh")
    kernel, bias = (numpy(variable) for variable in layer.weights)
    received = numpy(layer(NODES, np.zeros_like(ADJACENCY)))
    np.testing.assert_allclose(received, np.tanh(NODES @ kernel + bias), atol=1e-5)


def test_renumbered_nodes_give_renumbered_outputs():
    layer, order = layer_of(), np.array([3, 0, 4, 1, 2])
    received = layer(NODES[:, order], ADJACENCY[:, order][:, :, order])
    expected = numpy(layer(NODES, ADJACENCY))[:, order]
    np.testing.assert_allclose(numpy(received), expected, atol=1e-5)


def test_wrong_arguments():
    with pytest.raises(ValueError, match="Received: units=-1"):
        GraphConvolution(-1)
    with pytest.raises(ValueError, match="GraphConvolution needs nodes"):
        GraphConvolution(4)(NODES, ADJACENCY[:, :2])
