"""The graph classifier: numbering and padding do not matter."""

import keras
import numpy as np
import pytest

from kerasdl.models.graph_classifier import GraphClassifier

pytestmark = pytest.mark.backend

RANDOM = np.random.default_rng(0)
NODES = RANDOM.normal(size=(3, 4, 2)).astype("float32")
ADJACENCY = RANDOM.integers(2, size=(3, 4, 4)).astype("float32")
MASK = np.ones((3, 4), "float32")


def numpy(value):
    return keras.ops.convert_to_numpy(value)


@pytest.fixture(scope="module")
def model():
    model = GraphClassifier((5, 6), 2)
    model((NODES, ADJACENCY, MASK))
    return model


def test_numbering_does_not_matter(model):
    order = np.array([2, 0, 3, 1])
    received = model((NODES[:, order], ADJACENCY[:, order][:, :, order], MASK))
    expected = numpy(model((NODES, ADJACENCY, MASK)))
    np.testing.assert_allclose(numpy(received), expected, atol=1e-4)


def test_padding_does_not_matter(model):
    nodes = np.pad(NODES, ((0, 0), (0, 2), (0, 0)), constant_values=7)
    adjacency = np.pad(ADJACENCY, ((0, 0), (0, 2), (0, 2)))
    mask = np.pad(MASK, ((0, 0), (0, 2)))
    expected = numpy(model((NODES, ADJACENCY, MASK)))
    received = numpy(model((nodes, adjacency, mask)))
    np.testing.assert_allclose(received, expected, atol=1e-4)


def test_edges_matter(model):
    expected = numpy(model((NODES, ADJACENCY, MASK)))
    received = numpy(model((NODES, np.zeros_like(ADJACENCY), MASK)))
    assert np.abs(received - expected).max() > 1e-3


def test_errors():
    with pytest.raises(ValueError, match=r"units=\(\)"):
        GraphClassifier((), 2)
    with pytest.raises(ValueError, match="three inputs"):
        GraphClassifier((4,), 2)((NODES, ADJACENCY))
    with pytest.raises(ValueError, match="three inputs"):
        GraphClassifier((4,), 2)(NODES)
