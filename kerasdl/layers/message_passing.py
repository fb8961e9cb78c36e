"""Message passing: the general layer of a graph network."""

import keras
from keras import ops

from kerasdl import activations
from kerasdl.arguments import check_choice, check_whole
from kerasdl.layer import Layer
from kerasdl.layers.neighbourhood import AGGREGATIONS, aggregate, check_graph
from kerasdl.seeding import GlorotUniform


@keras.saving.register_keras_serializable("kerasdl")
class MessagePassing(Layer):
    """Message passing, nodes `(graphs, nodes, dim)` to `(graphs, nodes, units)`.

        x_i' = gamma(x_i, AGGREGATE_{j in N(i)} phi(x_i, x_j, e_ij))

    phi(x_i, x_j, e) = a([x_i; x_j; e] W + b) is the message that node i gets from its
    neighbour j, gamma(x, m) = a([x; m] V + c) what it becomes; [;] puts side by side.
    One layer tells a node about its neighbours, l layers about nodes l edges away.
    Numbering the nodes in another way numbers the outputs in that way, no more.

    `layer(nodes, adjacency, edges=None)`:
        adjacency: `(graphs, nodes, nodes)`; row i, column j is 1 where i hears from j,
            else 0. A node that hears from nobody gets the message 0. Smaller graphs
            are padded with nodes that nobody hears from.
        edges: e_ij, `(graphs, nodes, nodes, edge_dim)`; read where the adjacency is 1.

    Another phi or gamma is a subclass with its own `build_message` and `message`, or
    `build_update` and `update`.

    Parameters: (2 dim + edge_dim + 1) units for phi and (dim + units + 1) units for
    gamma; edge_dim is 0 without edges.

    Args:
        units: size of messages and of new nodes, at least 1.
        aggregation: "sum", "mean" or "max" of a node's messages.
        activation: a of both, as in `kerasdl.layers.Dense`.

    Raises:
        ValueError: when an argument is not one of these, or shapes do not go together.

    Source: Gilmer et al. 2017, https://arxiv.org/abs/1704.01212; lecture, graph neural
    networks
    """

    def __init__(self, units, aggregation="sum", activation="relu", **kwargs):
        super().__init__(**kwargs)
        check_whole(type(self).__name__, units=units)
        check_choice(type(self).__name__, "aggregation", aggregation, AGGREGATIONS)
        self.units, self.aggregation = units, aggregation
        self.activation = activations.get(activation)

    def build(self, nodes_shape, adjacency_shape=None, edges_shape=None):
        check_graph(type(self).__name__, nodes_shape, adjacency_shape, edges_shape)
        self.edge_dim = edges_shape[-1] if edges_shape else 0
        self.build_message(nodes_shape[-1], self.edge_dim)
        self.build_update(nodes_shape[-1])
        self.input_spec = keras.InputSpec(ndim=3, axes={-1: nodes_shape[-1]})

    def call(self, nodes, adjacency, edges=None):
        self._check(nodes, adjacency, edges)
        nodes = ops.cast(nodes, self.compute_dtype)
        receivers, senders = ops.expand_dims(nodes, 2), ops.expand_dims(nodes, 1)
        messages = self.message(receivers, senders, edges)
        return self.update(nodes, aggregate(messages, adjacency, self.aggregation))

    def _check(self, *graphs):
        shapes = [None if part is None else tuple(part.shape) for part in graphs]
        check_graph(type(self).__name__, *shapes)
        edge_dim = 0 if shapes[2] is None else shapes[2][-1]
        if edge_dim != self.edge_dim:
            raise ValueError(
                f"{type(self).__name__} was built for edges of dim {self.edge_dim}, 0 "
                f"being none. Received: edges of dim {edge_dim}. Make another layer."
            )

    def build_message(self, dim, edge_dim):
        """Make the weights of `message`."""
        self.message_kernel = self.add_weight(
            shape=(2 * dim + edge_dim, self.units),
            initializer=GlorotUniform(),
            name="message_kernel",
        )
        self.message_bias = self.add_weight(
            shape=(self.units,), initializer="zeros", name="message_bias"
        )

    def message(self, receivers, senders, edges):
        """phi: x_i `(graphs, nodes, 1, dim)` and x_j `(graphs, 1, nodes, dim)` to
        messages `(graphs, nodes, nodes, units)`."""
        dim = receivers.shape[-1]
        kernel = ops.convert_to_tensor(self.message_kernel)
        # W in parts, so that each node is multiplied once and not once per neighbour.
        total = ops.matmul(receivers, kernel[:dim]) + self.message_bias
        total = total + ops.matmul(senders, kernel[dim : 2 * dim])
        if edges is not None:
            total = total + ops.matmul(edges, kernel[2 * dim :])
        return self.activation(total)

    def build_update(self, dim):
        """Make the weights of `update`."""
        self.update_kernel = self.add_weight(
            shape=(dim + self.units, self.units),
            initializer=GlorotUniform(),
            name="update_kernel",
        )
        self.update_bias = self.add_weight(
            shape=(self.units,), initializer="zeros", name="update_bias"
        )

    def update(self, nodes, messages):
        """gamma: `(graphs, nodes, dim)` and `(graphs, nodes, units)` to new nodes."""
        both = ops.concatenate([nodes, messages], axis=-1)
        return self.activation(ops.matmul(both, self.update_kernel) + self.update_bias)

    def compute_output_shape(self, nodes_shape, adjacency_shape=None, edges_shape=None):
        return (*nodes_shape[:-1], self.units)

    def get_config(self):
        return {
            **super().get_config(),
            "units": self.units,
            "aggregation": self.aggregation,
            "activation": activations.serialize(self.activation),
        }
