"""Graphs to classify, made up with NumPy: ((nodes, adjacency, mask), labels).

    inputs, labels = ring_graphs(1000)
    model.fit(inputs, labels)

nodes `(graphs, nodes, dim)`, adjacency `(graphs, nodes, nodes)`, symmetric with zeros
on the diagonal, and mask `(graphs, nodes)` are float32; labels `(graphs,)` are int32.
Where the mask is 0 there is no node. Neither the features of the nodes nor their
number tells the label: only the edges do.
"""

import numpy as np

from kerasdl.arguments import check_whole

_LEAST = 4  # nodes of the smallest graph

Graphs = tuple[tuple[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


def xor_graphs() -> Graphs:
    """The four pairs of bits as graphs of two nodes and one edge; label: their XOR.

    dim is 1. Each feature is -1 or 1, as in `kerasdl.data.xor`. The label is 1 where
    the two differ.
    """
    bits = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]], "float32")
    edge = np.tile(1 - np.eye(2, dtype="float32"), (4, 1, 1))
    inputs = bits[..., None], edge, np.ones((4, 2), "float32")
    return inputs, (bits[:, 0] != bits[:, 1]).astype("int32")


def ring_graphs(n: int, nodes: int = 8, seed: int = 0) -> Graphs:
    """Connected graphs of 4 or more nodes without a ring (0) or with one (1).

    dim is 1, and all features are 1. A graph without a ring is a random tree; one edge
    more makes the ring. There are as many of either class, one more of class 0 where n
    is odd. Messages have to be summed: the mean over any number of ones is 1.

    Args:
        n: number of graphs.
        nodes: of the largest graphs, at least 4.

    Raises:
        ValueError: when n is below 1 or nodes below 4.
    """
    random, labels, mask = _drawn("ring_graphs", n, nodes, seed)
    adjacency = np.zeros((n, nodes, nodes), "float32")
    for graph, size in enumerate(mask.sum(axis=1)):
        adjacency[graph, :size, :size] = _tree(size, random)
        if labels[graph]:
            first, second = _pair(adjacency[graph, :size, :size] == 0, random)
            adjacency[graph, [first, second], [second, first]] = 1
    mask = mask.astype("float32")
    return (mask[..., None], adjacency, mask), labels


def neighbour_graphs(n: int, nodes: int = 8, seed: int = 0) -> Graphs:
    """Trees with one red and one blue node, which are not neighbours (0) or are (1).

    dim is 3, the colours one-hot: red, blue, green for all other nodes. The rest is as
    in `ring_graphs`.
    """
    random, labels, mask = _drawn("neighbour_graphs", n, nodes, seed)
    adjacency = np.zeros((n, nodes, nodes), "float32")
    colours = np.full((n, nodes), 2)
    for graph, size in enumerate(mask.sum(axis=1)):
        adjacency[graph, :size, :size] = _tree(size, random)
        fits = adjacency[graph, :size, :size] == labels[graph]
        colours[graph, _pair(fits, random)] = [0, 1]
    features = np.eye(3, dtype="float32")[colours] * mask[..., None]
    return (features.astype("float32"), adjacency, mask.astype("float32")), labels


def _drawn(
    name: str, n: int, nodes: int, seed: int
) -> tuple[np.random.Generator, np.ndarray, np.ndarray]:
    """A generator, labels `(n,)` and which nodes exist `(n, nodes)`."""
    check_whole(name, 1, n=n)
    check_whole(name, _LEAST, nodes=nodes)
    random = np.random.default_rng(seed)
    labels = random.permutation(np.arange(n, dtype="int32") % 2)
    sizes = random.integers(_LEAST, nodes + 1, (n, 1))
    return random, labels, np.arange(nodes) < sizes


def _tree(size: int, random: np.random.Generator) -> np.ndarray:
    """A random tree `(size, size)`: each node is tied to one drawn before it."""
    names = random.permutation(size)
    tree = np.zeros((size, size))
    for place in range(1, size):
        parent, child = names[random.integers(place)], names[place]
        tree[parent, child] = tree[child, parent] = 1
    return tree


def _pair(fits: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Two different nodes, a random entry of those that are true off the diagonal."""
    pairs = np.argwhere(fits & ~np.eye(len(fits), dtype=bool))
    return pairs[random.integers(len(pairs))]
