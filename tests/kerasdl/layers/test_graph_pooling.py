"""Graph pooling counts the nodes that the mask keeps."""

import keras
import numpy as np
import pytest

from kerasdl.layers.graph_pooling import GraphPooling

pytestmark = pytest.mark.backend

NODES = np.array([[[1, 5], [3, -1], [99, 99]], [[2, 2], [4, 0], [6, 1]]], "float32")
MASK = np.array([[1, 1, 0], [1, 1, 1]], "float32")


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [("sum", [[4, 4], [12, 3]]), ("mean", [[2, 2], [4, 1]]), ("max", [[3, 5], [6, 2]])],
)
def test_by_hand(aggregation, expected):
    received = GraphPooling(aggregation)(NODES, MASK)
    np.testing.assert_allclose(keras.ops.convert_to_numpy(received), expected)


def test_without_mask_all_nodes_count():
    received = keras.ops.convert_to_numpy(GraphPooling("sum")(NODES))
    np.testing.assert_allclose(received, NODES.sum(axis=1))


def test_errors():
    with pytest.raises(ValueError, match="Received: aggregation='median'"):
        GraphPooling("median")
    with pytest.raises(ValueError, match=r"nodes \(3, 2\)"):
        GraphPooling()(NODES[0])
