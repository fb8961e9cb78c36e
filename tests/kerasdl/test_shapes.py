"""Shapes that do not go together are errors, also after a layer was built."""

import keras
import numpy as np
import pytest

from kerasdl import layers, models
from kerasdl.layers.kernel_smoother import smooth

pytestmark = pytest.mark.backend


def ones(*shape):
    return np.ones(shape, "float32")


@pytest.mark.parametrize(
    ("make", "first", "other"),
    [
        (lambda: models.CNN(2, (2,), 3), (8, 4, 4, 1), (1, 8, 16, 1)),
        (lambda: models.LeNet(3, 3), (1, 8, 8, 1), (1, 12, 12, 1)),
        (lambda: layers.PatchEmbedding(4, 3), (8, 8, 8, 1), (8, 8, 9, 1)),
        (lambda: models.ViT(4, 4, 1, 2, 4, 2), (8, 8, 8, 1), (8, 8, 9, 1)),
        (lambda: models.VQVAE((4, 4), 3, 2), (2, 4), (2, 3, 4)),
        (lambda: models.MLP(3, 2), (2, 5), (2, 7, 5)),
        (lambda: models.Perceptron(), (2, 5), (2, 7, 5)),
        (lambda: layers.LearnedPositions(), (2, 3, 4), (2, 3, 1)),
        (lambda: layers.FeedForward(3), (2, 4), (2, 5)),
    ],
)
def test_after_build_another_size_is_an_error(make, first, other):
    layer = make()
    layer(ones(*first))
    with pytest.raises(ValueError, match="expected|needs"):
        layer(ones(*other))


def test_edges_are_there_always_or_never():
    nodes, adjacency, edges = ones(1, 3, 2), ones(1, 3, 3), ones(1, 3, 3, 2)
    for given, later in (([edges], []), ([], [edges])):
        layer = layers.MessagePassing(2)
        layer(nodes, adjacency, *given)
        with pytest.raises(ValueError, match="edges of dim"):
            layer(nodes, adjacency, *later)
    with pytest.raises(ValueError, match="adjacency"):
        layer(nodes, ones(1, 1, 3))


def test_masks_and_batches_that_do_not_fit():
    with pytest.raises(ValueError, match="mask"):
        layers.GraphPooling()(ones(2, 3, 4), ones(2, 1))
    attention = layers.MultiHeadAttention(4, 2)
    with pytest.raises(ValueError, match="same batch"):
        attention(ones(2, 3, 4), ones(1, 3, 4))
    with pytest.raises(ValueError, match=r"\(2, 2, 3, 3\).*\(3, 2\)"):
        attention(ones(2, 3, 4), mask=ones(3, 2) > 0)


def test_nothing_to_read():
    graphs = layers.GraphPooling("max")(ones(2, 0, 4))
    np.testing.assert_array_equal(keras.ops.convert_to_numpy(graphs), np.zeros((2, 4)))
    with pytest.raises(ValueError, match="at least one step"):
        layers.Recurrent(3)(ones(2, 0, 4))


def test_what_cannot_be():
    with pytest.raises(ValueError, match="not causal"):
        layers.Performer(8, 2, causal=True)
    with pytest.raises(ValueError, match="at least 0"):
        smooth(-ones(2, 3), ones(3, 1))
