"""Graph layers, recurrent layers, maxout and the perceptron."""

import numpy as np

from cases import Case
from kerasdl import losses
from kerasdl.layers.edge_convolution import EdgeConvolution
from kerasdl.layers.graph_convolution import GraphConvolution
from kerasdl.layers.graph_pooling import GraphPooling
from kerasdl.layers.maxout import Maxout
from kerasdl.layers.message_passing import MessagePassing
from kerasdl.layers.recurrent import Recurrent
from kerasdl.layers.recurrent_cell import RecurrentCell
from kerasdl.models.graph_classifier import GraphClassifier
from kerasdl.models.perceptron import Perceptron
from kerasdl.models.recurrent_classifier import RecurrentClassifier


def normal(random, *shape):
    return random.normal(size=(4, *shape)).astype("float32")


def graphs(random):
    """Nodes and the adjacency of graphs whose edges go both ways."""
    linked = np.triu(random.integers(2, size=(4, 5, 5)), k=1)
    return normal(random, 5, 3), (linked + linked.swapaxes(1, 2)).astype("float32")


def graphs_with_edges(random):
    return (*graphs(random), normal(random, 5, 5, 2))


def graphs_with_mask(random):
    nodes, adjacency = graphs(random)
    return nodes, adjacency, np.ones((4, 5), "float32")


def masked_nodes(random):
    mask = np.arange(5) < random.integers(1, 6, (4, 1))
    return normal(random, 5, 3), mask.astype("float32")


def one_hot(random):
    return np.eye(2, dtype="float32")[random.integers(2, size=4)]


def signs(random):
    return random.choice(np.array([-1, 1], "float32"), (4, 1))


CASES = [
    Case("maxout", lambda: Maxout(5, 3), lambda r: normal(r, 6), 3 * (6 + 1) * 5),
    Case(
        "message_passing",
        lambda: MessagePassing(4, activation="tanh"),
        graphs,
        parameters=(2 * 3 + 1) * 4 + (3 + 4 + 1) * 4,
        several=True,
    ),
    Case(
        "message_passing_edges",
        lambda: MessagePassing(4, "max", "tanh"),
        graphs_with_edges,
        parameters=(2 * 3 + 2 + 1) * 4 + (3 + 4 + 1) * 4,
        several=True,
    ),
    Case(
        "edge_convolution",
        lambda: EdgeConvolution(4, "mean", "tanh"),
        graphs,
        parameters=(2 * 3 + 1) * 4,
        several=True,
    ),
    Case(
        "graph_convolution",
        lambda: GraphConvolution(4, "tanh"),
        graphs,
        parameters=(3 + 1) * 4,
        several=True,
    ),
    Case("graph_pooling", GraphPooling, masked_nodes, parameters=0, several=True),
    Case(
        "graph_classifier",
        lambda: GraphClassifier((4, 5), 2),
        graphs_with_mask,
        parameters=(3 * 3 + 4 + 2) * 4 + (3 * 4 + 5 + 2) * 5 + (5 + 1) * 2,
        targets=one_hot,
        loss=losses.log_loss,
    ),
    Case(
        "recurrent_cell",
        lambda: RecurrentCell(5),
        lambda r: (normal(r, 3), normal(r, 5)),
        parameters=(3 + 5 + 1) * 5,
        several=True,
    ),
    Case(
        "recurrent",
        lambda: Recurrent(5, return_sequences=True),
        lambda r: normal(r, 4, 3),
        parameters=(3 + 5 + 1) * 5,
    ),
    Case(
        "recurrent_classifier",
        lambda: RecurrentClassifier(5, 2),
        lambda r: normal(r, 4, 3),
        parameters=(3 + 5 + 1) * 5 + (5 + 1) * 2,
        targets=one_hot,
        loss=losses.log_loss,
    ),
    Case(
        "perceptron",
        lambda: Perceptron(penalty=0.1),
        lambda r: normal(r, 6),
        parameters=6 + 1,
        targets=signs,
        loss=losses.hinge,
    ),
]
