"""Edge convolution."""

import keras
from keras import ops

from kerasdl.layers.message_passing import MessagePassing


@keras.saving.register_keras_serializable("kerasdl")
class EdgeConvolution(MessagePassing):
    """Edge convolution, nodes `(graphs, nodes, dim)` to `(graphs, nodes, units)`.

        x_i' = AGGREGATE_{j in N(i)} phi([x_i; x_j - x_i]),  phi(x) = a(x W + b)

    Message passing whose messages see the node and how its neighbour differs from it;
    the aggregated messages are the new node. A node without neighbours becomes 0.
    `layer(nodes, adjacency)` is called as `MessagePassing`, without edges.

    Parameters: (2 dim + 1) units. The lecture's formula sums; the paper takes the
    largest.

    Args:
        units, aggregation, activation: as in `MessagePassing`.

    Raises:
        ValueError: as in `MessagePassing`, or when edges are given.

    Source: Wang et al. 2019, https://arxiv.org/abs/1801.07829, section 3.2; lecture,
    graph neural networks, where its slide is titled as a graph convolution
    """

    def build_message(self, dim, edge_dim):
        if edge_dim:
            raise ValueError(
                "EdgeConvolution takes nodes and adjacency only. Received: edges of "
                f"dim {edge_dim}. Use MessagePassing for graphs with edge vectors."
            )
        super().build_message(dim, 0)

    def message(self, receivers, senders, edges):
        dim = receivers.shape[-1]
        kernel = ops.convert_to_tensor(self.message_kernel)
        # x_i W_1 + (x_j - x_i) W_2, with each node multiplied once
        own = ops.matmul(receivers, kernel[:dim] - kernel[dim:]) + self.message_bias
        return self.activation(own + ops.matmul(senders, kernel[dim:]))

    def build_update(self, dim):
        """Nothing to learn: gamma(x, m) = m."""

    def update(self, nodes, messages):
        return messages
