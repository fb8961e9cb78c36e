"""Graphs, state machines, expressions and models as nodes and arrows."""

import keras
import numpy as np
import pytest
from keras import ops
from matplotlib.patches import Circle, FancyArrowPatch

from kerasdl import MLP, plot
from kerasdl.computation_graph import Number
from kerasdl.plot import layout

pytestmark = pytest.mark.backend


def texts(axes):
    return [text.get_text() for text in axes.texts]


def arrows(axes):
    return [patch for patch in axes.patches if isinstance(patch, FancyArrowPatch)]


def test_circle():
    places = layout.circular(4)
    np.testing.assert_allclose(places, [[0, 1], [1, 0], [0, -1], [-1, 0]], atol=1e-12)


def ring(nodes):
    return np.roll(np.eye(nodes), 1, axis=1) + np.roll(np.eye(nodes), -1, axis=1)


def test_distances_in_the_picture_are_those_in_the_graph():
    """A path is drawn straight; a ring of six as a hexagon."""
    path = np.diag(np.ones(4), 1)
    places = layout.by_distance(path)
    apart = np.linalg.norm(places[:, None] - places, axis=2)
    steps = np.abs(np.subtract.outer(range(5), range(5)))
    np.testing.assert_allclose(apart, steps, atol=0.02)
    hexagon = layout.by_distance(ring(6))
    radius = np.linalg.norm(hexagon - hexagon.mean(axis=0), axis=1)
    assert np.ptp(radius) < 0.02 * radius.mean()


@pytest.mark.parametrize(
    "adjacency",
    [np.zeros((1, 1)), np.zeros((2, 2)), np.zeros((5, 5)), 1 - np.eye(6), ring(12)],
)
def test_nodes_never_stand_on_one_another(adjacency):
    places = layout.by_distance(adjacency)
    apart = np.linalg.norm(places[:, None] - places, axis=2) + 9 * np.eye(len(places))
    assert apart.min() > 0.3
    np.testing.assert_array_equal(places, layout.by_distance(adjacency))


def test_layers_follow_the_edges_and_long_edges_keep_clear():
    edges = [(0, 1), (1, 2), (2, 3), (0, 3), (3, 4)]
    places, ways = layout.layered(5, edges)
    np.testing.assert_array_equal(places[:, 0], range(5))
    assert len(ways[0, 3]) == 2 and all(len(ways[edge]) == 0 for edge in edges[:3])
    for stop in ways[0, 3]:
        assert np.abs(places - stop).max(axis=1).min() >= 1


def test_an_input_stands_next_to_its_use():
    places, _ = layout.layered(4, [(0, 1), (1, 3), (2, 3)])
    assert list(places[:, 0]) == [0, 1, 1, 2]


def test_graph_joins_what_is_adjacent():
    adjacency = np.array([[0, 2, 0], [2, 0, 1], [0, 0, 5]])
    axes = plot.graph(adjacency, ["C", "N", "O"], [0, 1, 2])
    assert texts(axes) == ["C", "N", "O"]
    lines = arrows(axes)
    assert len(lines) == 2  # a double bond and an arrow; not 2 to itself
    assert lines[0].get_linewidth() == 2 * lines[1].get_linewidth()
    assert "|>" not in str(lines[0].get_arrowstyle().__class__.__name__)
    assert len(axes.collections[0].get_offsets()) == 3


def test_graph_on_a_circle():
    axes = plot.graph(1 - np.eye(5), circle=True)
    offsets = axes.collections[0].get_offsets()
    np.testing.assert_allclose(np.linalg.norm(offsets, axis=1), 1)
    assert len(arrows(axes)) == 10


def test_state_graph_writes_the_probabilities():
    axes = plot.state_graph(np.array([[0.9, 0.1], [1.0, 0.0]]), ["00", "01"])
    assert texts(axes) == ["00", "01", "0.90", "0.10", "1.00"]
    assert len(arrows(axes)) == 3
    assert sum(isinstance(patch, Circle) for patch in axes.patches) == 2


def test_state_graph_leaves_improbable_ones_out():
    transitions = np.array([[0.996, 0.004], [0.5, 0.5]])
    assert len(arrows(plot.state_graph(transitions, "AB"))) == 3
    assert len(arrows(plot.state_graph(transitions, "AB", threshold=0))) == 4


def test_computation_graph_of_the_lecture():
    a, b = Number(2, "a"), Number(1, "b")
    e = (a + b) * (b + 1)
    axes = plot.computation_graph(e)
    assert "a\nvalue 2" in texts(axes)
    e.backward()
    axes = plot.computation_graph(e)
    expected = ["a\nvalue 2\ngradient 2", "b\nvalue 1\ngradient 5"]
    assert set(expected) <= set(texts(axes))
    assert "1" in texts(axes), "the constant"
    assert "*\nvalue 6\ngradient 1" in texts(axes)
    assert len(arrows(axes)) == 6


def test_an_operand_used_twice_shows_both_slopes():
    x = Number(3, "x")
    axes = plot.computation_graph(x * x)
    assert len(arrows(axes)) == 1 and "3, 3" in texts(axes)


def test_model_graph_shows_layers_and_shapes():
    model = keras.Sequential(
        [keras.Input((8, 8, 1)), keras.layers.Conv2D(4, 3), keras.layers.Flatten()]
    )
    labels = texts(plot.model_graph(model))
    assert [label.split("\n")[1] for label in labels] == [
        "batch x 8 x 8 x 1",
        "batch x 6 x 6 x 4",
        "batch x 144",
    ]


def test_model_graph_of_a_skip_connection_and_a_layer_used_twice():
    inputs = keras.Input((4,))
    twice = keras.layers.Dense(4)
    outputs = keras.layers.Add()([inputs, twice(twice(inputs))])
    axes = plot.model_graph(keras.Model(inputs, outputs))
    assert len(axes.texts) == 4 and len(arrows(axes)) == 4


def test_model_graph_of_a_subclass_and_of_a_function():
    axes = plot.model_graph(MLP((8,), 3), (4,))
    assert [text.split("\n")[1] for text in texts(axes)] == [
        "batch x 4",
        "batch x 8",
        "batch x 3",
    ]
    axes = plot.model_graph(lambda q, k: ops.matmul(q, ops.transpose(k)), (5,), (5,))
    assert len(axes.texts) == 4 and len(arrows(axes)) == 3


def test_model_graph_of_a_subclass_needs_a_shape():
    with pytest.raises(ValueError, match=r"Received: model='.*' and no input_shapes"):
        plot.model_graph(MLP((8,), 3))
