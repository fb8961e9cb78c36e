"""Graphs with labelled nodes, such as molecules."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from kerasdl.plot import canvas, layout


def graph(
    adjacency,
    labels: Sequence | None = None,
    colours: Sequence[int] | None = None,
    circle: bool = False,
    axes: Axes | None = None,
) -> Axes:
    """A graph: lines where both directions are joined, arrows where one is.

    Args:
        adjacency: `(nodes, nodes)`; entry [i, j] is 0 where no edge leads from i to
            j, else its weight, which is the width of the line. Edges from a node to
            itself are not drawn.
        labels: a short text per node; None: its number.
        colours: a whole number per node, such as its class; None: all alike.
        circle: put the nodes on a circle, instead of by their distances.

    Raises:
        ValueError: when the adjacency is not square, or there is not one label or
            colour per node.
    """
    adjacency = canvas.array(adjacency)
    nodes = len(adjacency)
    labels = range(nodes) if labels is None else labels
    colours = [5] * nodes if colours is None else colours
    canvas.require(
        adjacency.shape == (nodes, nodes) and nodes == len(labels) == len(colours) > 0,
        "an adjacency of shape (nodes, nodes), and a label and a colour per node",
        f"shape {adjacency.shape}, {len(labels)} labels, {len(colours)} colours",
        "Turn a list of edges into a matrix with adjacency[edges[:, 0], edges[:, 1]].",
    )
    places = layout.circular(nodes) if circle else layout.by_distance(adjacency)
    axes = canvas.axes_or_new(axes, 5, 5)
    for start, end in zip(*adjacency.nonzero(), strict=True):
        both = adjacency[end, start] != 0
        if start < end or (start != end and not both):
            _edge(axes, places[[start, end]], float(adjacency[start, end]), both)
    fills = [canvas.colour(int(index)) for index in colours]
    axes.scatter(*places.T, s=330, c=fills, edgecolors="black", zorder=3)
    for place, label in zip(places, labels, strict=True):
        axes.annotate(str(label), place, ha="center", va="center", zorder=4)
    return canvas.finish_network(axes, places, 0.35)


def _edge(axes: Axes, ends: np.ndarray, weight: float, both: bool) -> None:
    style = "-" if both else "-|>,head_width=4,head_length=7"
    look = {"color": "0.45", "linewidth": 1.4 * abs(weight), "zorder": 1}
    shrink = {"shrinkA": 9, "shrinkB": 10}
    axes.add_patch(FancyArrowPatch(*ends, arrowstyle=style, **look, **shrink))
