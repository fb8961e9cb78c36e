"""Where to put the nodes of a graph: on a circle, by distance, or in layers."""

import numpy as np


def circular(nodes: int) -> np.ndarray:
    """Places `(nodes, 2)` on the unit circle, clockwise from the top."""
    angle = np.pi / 2 - 2 * np.pi * np.arange(nodes) / max(nodes, 1)
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


def by_distance(adjacency: np.ndarray, rounds: int = 200) -> np.ndarray:
    """Places `(nodes, 2)` whose distances resemble the numbers of edges between them.

    Minimises sum (||x_i - x_j|| - d_ij)^2 / d_ij^2, starting from classical scaling:
    the same graph always gets the same picture. Parts that no edge joins stand a
    little further apart than the widest of them.

    Source: Gansner, Koren and North, "Graph drawing by stress majorization",
    https://doi.org/10.1007/978-3-540-31843-9_25
    """
    nodes = len(adjacency)
    if nodes < 3:
        return np.arange(nodes)[:, None] * np.array([[1.0, 0.0]])
    distance = _distances(adjacency)
    # A twentieth of a circle tells nodes apart that scaling puts on one another.
    places = _classical_scaling(distance) + 0.05 * circular(nodes)
    weight = 1 / np.maximum(distance, 1) ** 2 - np.eye(nodes)
    inverse = np.linalg.pinv(_laplacian(weight))
    for _ in range(rounds):
        apart = places[:, None] - places[None]
        now = np.maximum(np.linalg.norm(apart, axis=2), 1e-9)
        places = inverse @ _laplacian(weight * distance / now) @ places
    return places


def _distances(adjacency: np.ndarray) -> np.ndarray:
    """The number of edges between any two nodes (Floyd and Warshall)."""
    joined = (adjacency != 0) | (adjacency != 0).T
    distance = np.where(joined, 1.0, np.inf)
    np.fill_diagonal(distance, 0)
    for via in range(len(adjacency)):
        detour = distance[:, via, None] + distance[None, via]
        distance = np.minimum(distance, detour)
    finite = distance[np.isfinite(distance)]
    return np.where(np.isfinite(distance), distance, finite.max() + 1)


def _classical_scaling(distance: np.ndarray) -> np.ndarray:
    centre = np.eye(len(distance)) - 1 / len(distance)
    values, vectors = np.linalg.eigh(-0.5 * centre @ distance**2 @ centre)
    return vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 0))


def _laplacian(weight: np.ndarray) -> np.ndarray:
    return np.diag(weight.sum(axis=1)) - weight


def layered(nodes: int, edges: list[tuple[int, int]]) -> tuple[np.ndarray, dict]:
    """Places `(nodes, 2)` of a graph without cycles: x is the depth, y within it.

    Each node stands one layer after the latest of those that lead to it. An edge that
    skips layers gets a place in each of them, so that it meets no node there.

    Args:
        edges: (start, end); nodes are numbered so that start < end.

    Returns:
        the places, and for each edge the places `(layers skipped, 2)` on its way.
    """
    depth = _depths(nodes, edges)
    stops, links = {}, []
    for start, end in edges:
        skipped = range(depth[start] + 1, depth[end])
        first = len(depth)
        depth = np.append(depth, skipped).astype(int)
        stops[start, end] = list(range(first, first + len(skipped)))
        way = [start, *stops[start, end], end]
        links += zip(way, way[1:], strict=False)
    places = np.stack([depth, _heights(depth, links)], axis=1)
    return places[:nodes], {edge: places[stop] for edge, stop in stops.items()}


def _depths(nodes: int, edges: list[tuple[int, int]]) -> np.ndarray:
    depth = np.zeros(nodes, int)
    for start, end in sorted(edges, key=lambda edge: edge[1]):
        depth[end] = max(depth[end], depth[start] + 1)
    inputs = {start for start, _ in edges} - {end for _, end in edges}
    for node in inputs:  # close to where they are used first
        depth[node] = min(depth[end] for start, end in edges if start == node) - 1
    return depth


def _heights(depth: np.ndarray, links: list[tuple[int, int]]) -> np.ndarray:
    """One apart in each layer, in the order of the mean height of the neighbours."""
    neighbours = [[] for _ in depth]
    for start, end in links:
        neighbours[start].append(end)
        neighbours[end].append(start)
    height = np.zeros(len(depth))
    for sweep in range(13):
        for layer in sorted(set(depth), reverse=sweep % 2 == 1):
            members = np.flatnonzero(depth == layer)
            pull = [np.mean(height[neighbours[n] or [n]]) for n in members]
            order = members[np.argsort(pull if sweep else -members, kind="stable")]
            height[order] = np.arange(len(order)) - (len(order) - 1) / 2
    return height
