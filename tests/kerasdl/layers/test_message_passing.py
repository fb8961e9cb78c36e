"""Message passing: by hand, against a loop, symmetries; attention is a case of it."""

import numpy as np
import pytest
from keras import ops

from kerasdl.layers.message_passing import MessagePassing
from kerasdl.layers.scaled_dot_product import attention

pytestmark = pytest.mark.backend

RANDOM = np.random.default_rng(0)
NODES = RANDOM.normal(size=(2, 5, 3)).astype("float32")
ADJACENCY = RANDOM.integers(2, size=(2, 5, 5)).astype("float32")
ADJACENCY[0, 3] = 0  # a node that hears from nobody
EDGES = RANDOM.normal(size=(2, 5, 5, 2)).astype("float32")


def numpy(value):
    return ops.convert_to_numpy(value)


def layer_of(aggregation="sum", edges=None):
    layer = MessagePassing(4, aggregation, "tanh")
    layer.build(NODES.shape, ADJACENCY.shape, None if edges is None else edges.shape)
    layer.message_bias.assign(np.linspace(-1, 1, 4, dtype="float32"))
    return layer


@pytest.mark.parametrize("aggregation", ["sum", "mean", "max"])
@pytest.mark.parametrize("edges", [None, EDGES], ids=["no_edges", "edges"])
def test_against_a_loop(aggregation, edges):
    layer = layer_of(aggregation, edges)
    w, b, v, c = (numpy(variable) for variable in layer.weights)
    reduce = {"sum": np.sum, "mean": np.mean, "max": np.max}[aggregation]
    expected = np.empty((2, 5, 4))
    for g, i in np.ndindex(2, 5):
        parts = [
            [NODES[g, i], NODES[g, j], *([] if edges is None else [edges[g, i, j]])]
            for j in range(5)
            if ADJACENCY[g, i, j]
        ]
        messages = [np.tanh(np.concatenate(part) @ w + b) for part in parts]
        total = reduce(messages, axis=0) if messages else np.zeros(4)
        expected[g, i] = np.tanh(np.concatenate([NODES[g, i], total]) @ v + c)
    inputs = (NODES, ADJACENCY) if edges is None else (NODES, ADJACENCY, edges)
    received = numpy(layer(*inputs))
    np.testing.assert_allclose(received, expected, atol=1e-5)
    assert layer.compute_output_shape(NODES.shape) == received.shape


def test_renumbered_nodes_give_renumbered_outputs():
    layer, order = layer_of(), np.array([3, 0, 4, 1, 2])
    renumbered = layer(NODES[:, order], ADJACENCY[:, order][:, :, order])
    expected = numpy(layer(NODES, ADJACENCY))[:, order]
    np.testing.assert_allclose(numpy(renumbered), expected, atol=1e-5)


@pytest.mark.parametrize("aggregation", ["sum", "mean", "max"])
def test_padding_changes_nothing(aggregation):
    layer = layer_of(aggregation)
    nodes = np.pad(NODES, ((0, 0), (0, 2), (0, 0)), constant_values=9)
    adjacency = np.pad(ADJACENCY, ((0, 0), (0, 2), (0, 2)))
    received = numpy(layer(nodes, adjacency))[:, :5]
    expected = numpy(layer(NODES, ADJACENCY))
    np.testing.assert_allclose(received, expected, atol=1e-5)


def test_two_layers_see_two_edges_far():
    """On the path 0 - 1 - 2 - 3, a change of node 3 reaches 2, then 1, then 0."""
    adjacency = np.eye(4, k=1) + np.eye(4, k=-1)
    adjacency = adjacency[None].astype("float32")
    nodes = RANDOM.normal(size=(1, 4, 4)).astype("float32")
    changed = nodes.copy()
    changed[0, 3] += 1
    for layers in (1, 2):
        one, other = nodes, changed
        for _ in range(layers):
            layer = MessagePassing(4, activation="tanh")
            one, other = layer(one, adjacency), layer(other, adjacency)
        moved = np.abs(numpy(one) - numpy(other))[0].max(axis=-1) > 1e-6
        assert moved.tolist() == [False, layers == 2, True, True]


def test_gradients_are_finite_where_nobody_is_heard():
    from kerasdl import grad

    for aggregation in ("sum", "mean", "max"):
        layer, nobody = layer_of(aggregation), np.zeros_like(ADJACENCY)
        gradient = grad(
            lambda x, layer=layer, a=nobody: ops.sum(layer(x, ops.convert_to_tensor(a)))
        )(NODES)
        assert np.isfinite(numpy(gradient)).all()


class Attention(MessagePassing):
    """phi(x_i, x_j) = a(x_i, x_j) v(x_j), gamma(x, m) = m: the lecture's claim.

    a(x_i, x_j) is the softmax over j of the scaled scores of queries and keys.
    """

    def build_message(self, dim, edge_dim):
        kernels = np.random.default_rng(1).normal(size=(3, dim, dim))
        self.query, self.key, self.value = kernels.astype("float32")

    def message(self, receivers, senders, edges):
        queries, keys = ops.matmul(receivers, self.query), ops.matmul(senders, self.key)
        scores = ops.sum(queries * keys, axis=-1) / receivers.shape[-1] ** 0.5
        weights = ops.softmax(scores, axis=-1)
        return weights[..., None] * ops.matmul(senders, self.value)

    def build_update(self, dim):
        pass

    def update(self, nodes, messages):
        return messages


def test_attention_is_message_passing_on_the_full_graph():
    layer = Attention(3)
    received = layer(NODES, np.ones((2, 5, 5), "float32"))
    nodes = ops.convert_to_tensor(NODES)
    matrices = (layer.query, layer.key, layer.value)
    expected = attention(*(ops.matmul(nodes, matrix) for matrix in matrices))
    np.testing.assert_allclose(numpy(received), numpy(expected), atol=1e-5)


def test_wrong_arguments():
    with pytest.raises(ValueError, match="Received: units=0"):
        MessagePassing(0)
    with pytest.raises(ValueError, match="'sum', 'mean', 'max'.*Received.*'min'"):
        MessagePassing(4, "min")


def test_wrong_shapes():
    with pytest.raises(ValueError, match="For one graph add a first axis"):
        MessagePassing(4)(NODES[0], ADJACENCY[0])
    with pytest.raises(ValueError, match=r"adjacency \(2, 4, 5\)"):
        MessagePassing(4)(NODES, ADJACENCY[:, :4])
    with pytest.raises(ValueError, match=r"edges \(2, 5, 5\)"):
        MessagePassing(4)(NODES, ADJACENCY, EDGES[..., 0])
