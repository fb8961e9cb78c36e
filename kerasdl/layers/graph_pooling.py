"""From the nodes of a graph to the graph."""

import keras
from keras import ops

from kerasdl.arguments import check_choice
from kerasdl.layer import Layer
from kerasdl.layers.neighbourhood import AGGREGATIONS, aggregate, agree


@keras.saving.register_keras_serializable("kerasdl")
class GraphPooling(Layer):
    """Graph pooling, nodes `(graphs, nodes, dim)` to graphs `(graphs, dim)`.

    The sum, mean or largest value over the nodes of each graph, whatever their order
    and number. The sum knows how many nodes there are, the mean how common and the
    maximum whether there is any node of some kind. 0 parameters.

    `layer(nodes, mask=None)`: mask `(graphs, nodes)`, 1 for nodes, 0 for padding; None
    counts all. A graph without nodes becomes 0.

    Args:
        aggregation: "sum", "mean" or "max".

    Raises:
        ValueError: when the aggregation is another, or the shapes do not go together.

    Source: Xu et al. 2019, https://arxiv.org/abs/1810.00826, section 4; lecture, graph
    neural networks
    """

    def __init__(self, aggregation="mean", **kwargs):
        super().__init__(**kwargs)
        check_choice("GraphPooling", "aggregation", aggregation, AGGREGATIONS)
        self.aggregation = aggregation

    def build(self, nodes_shape, mask_shape=None):
        _check(nodes_shape, mask_shape)

    def call(self, nodes, mask=None):
        nodes = ops.cast(nodes, self.compute_dtype)
        mask = ops.ones_like(nodes[..., 0]) if mask is None else mask
        _check(tuple(nodes.shape), tuple(mask.shape))
        return aggregate(nodes, mask, self.aggregation)

    def compute_output_shape(self, nodes_shape, mask_shape=None):
        return (nodes_shape[0], nodes_shape[-1])


def _check(nodes, mask):
    fits = len(nodes) == 3 and (mask is None or agree(mask, nodes[:2]))
    if not fits:
        raise ValueError(
            "GraphPooling needs nodes (graphs, nodes, dim) and a mask (graphs, "
            f"nodes). Received: nodes {nodes}, mask {mask}."
        )
