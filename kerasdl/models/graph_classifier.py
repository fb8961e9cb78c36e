"""A classifier of graphs."""

import keras

from kerasdl.arguments import is_whole
from kerasdl.layers.dense import Dense
from kerasdl.layers.graph_pooling import GraphPooling
from kerasdl.layers.message_passing import MessagePassing
from kerasdl.model import Model


@keras.saving.register_keras_serializable("kerasdl")
class GraphClassifier(Model):
    """Graph classifier, `(nodes, adjacency, mask)` to logits `(graphs, classes)`.

    Message-passing layers, a pooling over the nodes of each graph, and a dense layer.
    Renumbering the nodes of a graph does not change its logits. With L layers it sees
    patterns that reach L edges from a node.

        model.fit((nodes, adjacency, mask), labels)

    nodes `(graphs, nodes, dim)` and adjacency `(graphs, nodes, nodes)` are those of
    `MessagePassing`, mask `(graphs, nodes)` that of `GraphPooling`.

    Parameters: with sizes dim = n_0 and units = n_1 ... n_L,
    sum_l (3 n_l-1 + n_l + 2) n_l for the layers and (n_L + 1) classes for the head.

    Args:
        units: sizes of the message-passing layers, at least one.
        classes: number of classes.
        aggregation: of messages and of nodes, "sum", "mean" or "max".

    Raises:
        ValueError: when there are no layers or not three inputs, or as in the layers.

    Source: lecture, graph neural networks
    """

    def __init__(self, units, classes, aggregation="sum", **kwargs):
        super().__init__(**kwargs)
        self.units = (units,) if is_whole(units) else tuple(units)
        if not self.units:
            raise ValueError(
                "GraphClassifier needs at least one message-passing layer. "
                "Received: units=(). Write units=(32, 32), for example."
            )
        policy = self.dtype_policy
        self.passing = [
            MessagePassing(size, aggregation, dtype=policy) for size in self.units
        ]
        self.pooling = GraphPooling(aggregation, dtype=policy)
        self.head = Dense(classes, dtype=policy)

    def build(self, input_shape):
        if len(input_shape) != 3 or not isinstance(input_shape[0], (tuple, list)):
            raise ValueError(
                "GraphClassifier needs three inputs: nodes, adjacency and mask. "
                f"Received: input_shape={input_shape}. "
                "Write model((nodes, adjacency, mask)); without padding the mask is 1."
            )
        nodes, adjacency, mask = input_shape
        for layer in self.passing:
            layer.build(nodes, adjacency)
            nodes = layer.compute_output_shape(nodes)
        self.pooling.build(nodes, mask)
        self.head.build(self.pooling.compute_output_shape(nodes))

    def call(self, inputs):
        nodes, adjacency, mask = inputs
        for layer in self.passing:
            nodes = layer(nodes, adjacency)
        return self.head(self.pooling(nodes, mask))

    def get_config(self):
        return {
            **super().get_config(),
            "units": self.units,
            "classes": self.head.units,
            "aggregation": self.pooling.aggregation,
        }
