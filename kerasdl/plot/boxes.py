"""Boxes of text joined by arrows."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path

from kerasdl.plot import canvas

_INCHES = 0.85  # per unit of the drawing
_MARGIN = 0.3


def boxes(
    places: np.ndarray,
    labels: list[str],
    edges: Mapping[tuple[int, int], str],
    ways: Mapping[tuple[int, int], np.ndarray],
    downwards: bool,
    axes: Axes | None = None,
) -> Axes:
    """Boxes with labels, and arrows with labels, as `layout.layered` lays them out.

    Args:
        places: `(nodes, 2)`, the layer and the place in it.
        edges: the label of each (start, end); may be empty.
        ways: for each edge the places `(n, 2)` that it passes on its way.
        downwards: layers from top to bottom, else from left to right.
    """
    size = np.array([2.4, 0.6] if downwards else [1.55, 0.85])
    centres = _in_the_plane(places, size, downwards)
    room = size / 2 + _MARGIN
    low, high = centres.min(axis=0) - room, centres.max(axis=0) + room
    routes = {}
    for start, end in edges:
        passed = _in_the_plane(ways[start, end], size, downwards)
        routes[start, end] = np.stack([centres[start], *passed, centres[end]])
        low = np.minimum(low, passed.min(axis=0, initial=np.inf) - _MARGIN)
        high = np.maximum(high, passed.max(axis=0, initial=-np.inf) + _MARGIN)
    axes = canvas.axes_or_new(axes, *np.maximum((high - low) * _INCHES, [2, 1]))
    for edge, label in edges.items():
        _arrow(axes, routes[edge], label, size, downwards)
    for centre, label in zip(centres, labels, strict=True):
        _box(axes, centre, label, size)
    axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), aspect="equal")
    axes.axis("off")
    return axes


def _in_the_plane(places: np.ndarray, size: np.ndarray, downwards: bool) -> np.ndarray:
    layer, beside = places[:, 0], places[:, 1]
    if downwards:
        return np.stack([(size[0] + 0.4) * beside, -(size[1] + 0.4) * layer], axis=1)
    return np.stack([(size[0] + 0.9) * layer, (size[1] + 0.3) * beside], axis=1)


def _box(axes: Axes, centre: np.ndarray, label: str, size: np.ndarray) -> None:
    pad = 0.08
    look = {"facecolor": "#E8F1F8", "edgecolor": "black", "zorder": 3}
    style = f"round,pad={pad}"
    corner, inner = centre - size / 2 + pad, size - 2 * pad
    axes.add_patch(FancyBboxPatch(corner, *inner, boxstyle=style, **look))
    middle = {"ha": "center", "va": "center", "fontsize": 8, "zorder": 4}
    axes.text(*centre, label, **middle)


def _arrow(axes: Axes, way: np.ndarray, label: str, size, downwards: bool) -> None:
    """Straight through each place on the way, as if a box stood there."""
    half = np.array([0, -size[1] / 2] if downwards else [size[0] / 2, 0])
    corners = np.stack([way - half, way + half], axis=1).reshape(-1, 2)[1:-1]
    head = {"arrowstyle": "-|>,head_width=3,head_length=6", "shrinkA": 0, "shrinkB": 0}
    look = {"color": "0.35", "linewidth": 1.2, "zorder": 2, "joinstyle": "round"}
    axes.add_patch(FancyArrowPatch(path=Path(corners), **head, **look))
    if label:
        middle = {"ha": "center", "va": "center", "fontsize": 8, "zorder": 2.5}
        axes.text(*corners[:2].mean(axis=0), label, bbox=canvas.PAPER, **middle)
