"""Graph convolution."""

import keras
from keras import ops

from kerasdl import activations
from kerasdl.arguments import check_whole
from kerasdl.layer import Layer
from kerasdl.layers.neighbourhood import check_graph
from kerasdl.seeding import GlorotUniform


@keras.saving.register_keras_serializable("kerasdl")
class GraphConvolution(Layer):
    """Graph convolution, nodes `(graphs, nodes, dim)` to `(graphs, nodes, units)`.

        x_i' = a(sum_{j in N(i) + i} x_j W / sqrt(deg(i) deg(j)) + b)

    Every node hears itself, too: deg(i) = 1 + its number of neighbours. Ones on the
    diagonal of the adjacency change nothing. A node without neighbours becomes
    a(x_i W + b). `layer(nodes, adjacency)` is called as `MessagePassing`; the edges
    should go both ways, as deg counts those that come in.

    The lecture adds b to each x_j W, inside the sum, which would make the bias depend
    on the degrees; like the paper's code we add it once.

    Parameters: (dim + 1) units.

    Args:
        units: size of new nodes, at least 1.
        activation: as in `kerasdl.layers.Dense`.

    Raises:
        ValueError: when `units` is not a positive integer, or shapes do not go
            together.

    Source: Kipf and Welling 2017, https://arxiv.org/abs/1609.02907, equation 2;
    lecture, graph neural networks
    """

    def __init__(self, units, activation="relu", **kwargs):
        super().__init__(**kwargs)
        check_whole("GraphConvolution", units=units)
        self.units = units
        self.activation = activations.get(activation)

    def build(self, nodes_shape, adjacency_shape=None):
        check_graph("GraphConvolution", nodes_shape, adjacency_shape)
        self.kernel = self.add_weight(
            shape=(nodes_shape[-1], self.units),
            initializer=GlorotUniform(),
            name="kernel",
        )
        self.bias = self.add_weight(
            shape=(self.units,), initializer="zeros", name="bias"
        )
        self.input_spec = keras.InputSpec(ndim=3, axes={-1: nodes_shape[-1]})

    def call(self, nodes, adjacency):
        check_graph("GraphConvolution", tuple(nodes.shape), tuple(adjacency.shape))
        nodes = ops.cast(nodes, self.compute_dtype)
        adjacency = ops.cast(adjacency, nodes.dtype)
        own = ops.diagonal(adjacency, axis1=1, axis2=2)[..., None]
        own = 1 - own  # what the diagonal lacks to the loop from a node to itself
        degrees = ops.sum(adjacency, axis=-1, keepdims=True) + own
        scale = ops.rsqrt(degrees)
        values = scale * ops.matmul(nodes, self.kernel)
        heard = ops.matmul(adjacency, values) + own * values
        return self.activation(scale * heard + self.bias)

    def compute_output_shape(self, nodes_shape, adjacency_shape=None):
        return (*nodes_shape[:-1], self.units)

    def get_config(self):
        return {
            **super().get_config(),
            "units": self.units,
            "activation": activations.serialize(self.activation),
        }
