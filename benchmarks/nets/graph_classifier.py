"""Graph classifier, two layers of 32, on graphs of 8 nodes, batches of 32.

Keras has no layers of graphs: message passing is a small layer with two of Keras's
dense layers for the message, as cheap as ours, and `keras.ops`.
"""

import keras
import numpy as np
from examples import labels, points
from keras import ops

from kerasdl.models.graph_classifier import GraphClassifier

STEPS, BATCH, NODES, DIM = 50, 32, 8, 4
LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def data():
    count = STEPS * BATCH
    edges = np.random.default_rng(0).random((count, NODES, NODES)) < 0.3
    adjacency = (edges | edges.swapaxes(1, 2)).astype("float32")
    mask = np.ones((count, NODES), "float32")
    return (points(count, NODES, DIM), adjacency, mask), labels(count, 2)


def ours():
    return GraphClassifier((32, 32), 2)


def keras_layers():
    nodes = keras.Input((NODES, DIM))
    adjacency, mask = keras.Input((NODES, NODES)), keras.Input((NODES,))
    x = nodes
    for _ in range(2):
        x = MessagePassing(32)(x, adjacency)
    x = ops.sum(x * ops.expand_dims(mask, -1), axis=1)
    return keras.Model((nodes, adjacency, mask), keras.layers.Dense(2)(x))


class MessagePassing(keras.layers.Layer):
    """x_i' = relu([x_i; sum_j A_ij relu(x_i U + x_j W + b)] V + c)."""

    def __init__(self, units):
        super().__init__()
        self.receiver = keras.layers.Dense(units)
        self.sender = keras.layers.Dense(units, use_bias=False)
        self.new = keras.layers.Dense(units, "relu")

    def call(self, nodes, adjacency):
        to, by = self.receiver(nodes), self.sender(nodes)
        messages = ops.relu(ops.expand_dims(to, 2) + ops.expand_dims(by, 1))
        total = ops.sum(messages * ops.expand_dims(adjacency, -1), axis=2)
        return self.new(ops.concatenate([nodes, total], axis=-1))
