"""Edge convolution sees the node and how its neighbour differs."""

import keras
import numpy as np
import pytest

from kerasdl.layers.edge_convolution import EdgeConvolution

pytestmark = pytest.mark.backend

RANDOM = np.random.default_rng(0)
NODES = RANDOM.normal(size=(2, 5, 3)).astype("float32")
ADJACENCY = RANDOM.integers(2, size=(2, 5, 5)).astype("float32")
ADJACENCY[1, 2] = 0


def numpy(value):
    return keras.ops.convert_to_numpy(value)


@pytest.mark.parametrize("aggregation", ["sum", "max"])
def test_against_a_loop(aggregation):
    layer = EdgeConvolution(4, aggregation)
    layer.build(NODES.shape, ADJACENCY.shape)
    w, b = (numpy(variable) for variable in layer.weights)
    expected = np.zeros((2, 5, 4))
    for g, i in np.ndindex(2, 5):
        pairs = [
            np.concatenate([NODES[g, i], NODES[g, j] - NODES[g, i]])
            for j in range(5)
            if ADJACENCY[g, i, j]
        ]
        if pairs:
            reduce = np.sum if aggregation == "sum" else np.max
            expected[g, i] = reduce(np.maximum(np.array(pairs) @ w + b, 0), axis=0)
    received = numpy(layer(NODES, ADJACENCY))
    np.testing.assert_allclose(received, expected, atol=1e-5)


def test_moving_all_nodes_alike_moves_only_the_first_half():
    """With W_1 = 0 only differences count: a shift of all nodes changes nothing."""
    layer = EdgeConvolution(4)
    layer.build(NODES.shape, ADJACENCY.shape)
    kernel = numpy(layer.message_kernel).copy()
    kernel[:3] = 0
    layer.message_kernel.assign(kernel)
    shifted = layer(NODES + np.float32(7), ADJACENCY)
    np.testing.assert_allclose(
        numpy(shifted), numpy(layer(NODES, ADJACENCY)), atol=1e-4
    )


def test_edges_are_an_error():
    with pytest.raises(ValueError, match="edges of dim 2"):
        EdgeConvolution(4)(NODES, ADJACENCY, np.ones((2, 5, 5, 2), "float32"))
