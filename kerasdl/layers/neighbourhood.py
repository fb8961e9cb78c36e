"""Sums, means and maxima over the neighbours of a node, and checks of graphs."""

from keras import ops

AGGREGATIONS = ("sum", "mean", "max")


def aggregate(values, linked, aggregation):
    """Values `(..., nodes, dim)` over the linked nodes, to `(..., dim)`.

    Args:
        values: for messages `(graphs, receivers, senders, dim)`.
        linked: `(..., nodes)`, 1 where a value counts, else 0. Where none does the
            result is 0.
        aggregation: "sum", "mean" or "max".
    """
    linked = ops.expand_dims(ops.cast(linked, values.dtype), -1)
    if aggregation == "max":
        return _largest(values, linked > 0)
    total = ops.sum(values * linked, axis=-2)
    if aggregation == "sum":
        return total
    return total / ops.maximum(ops.sum(linked, axis=-2), 1)


def _largest(values, counts):
    if values.shape[-2] == 0:
        return ops.sum(values, axis=-2)  # zeros, as where nothing counts
    values = ops.where(counts, values, ops.cast(float("-inf"), values.dtype))
    largest = ops.max(values, axis=-2)
    return ops.where(ops.any(counts, axis=-2), largest, ops.zeros_like(largest))


def check_graph(name, nodes, adjacency, edges=None):
    """Raise an error unless these shapes are those of one batch of graphs."""
    fits = len(nodes) == 3 and nodes[-1] is not None
    fits = fits and adjacency is not None and agree(adjacency, _pairs(nodes))
    if fits and edges is not None:
        fits = edges[-1] is not None and agree(edges[:-1], _pairs(nodes))
    if not fits:
        raise ValueError(
            f"{name} needs nodes (graphs, nodes, dim) and adjacency (graphs, nodes, "
            "nodes), and edges, if any, of shape (graphs, nodes, nodes, edge_dim). "
            f"Received: nodes {nodes}, adjacency {adjacency}, edges {edges}. "
            "For one graph add a first axis: nodes[None]."
        )


def _pairs(nodes):
    return (nodes[0], nodes[1], nodes[1])


def agree(shape, expected):
    """Whether two shapes are the same as far as they are known."""
    pairs = zip(shape, expected, strict=False)
    same = all(None in pair or pair[0] == pair[1] for pair in pairs)
    return len(shape) == len(expected) and same
