"""The plane as a classifier sees it."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes

from kerasdl.plot import canvas


def decision_map(
    predict: Callable,
    points: np.ndarray,
    labels: np.ndarray,
    axes: Axes | None = None,
) -> Axes:
    """The plane coloured by what a classifier says, with the labelled points on it.

    Args:
        predict: maps float32 points `(n, 2)` to scores `(n,)` or `(n, 1)`, positive
            for one class and negative for the other, or to logits `(n, classes)`.
        points: `(n, 2)`.
        labels: `(n,)` or `(n, 1)`; any numbers, one colour each.

    Raises:
        ValueError: when points or labels have another shape.
    """
    points, labels = np.asarray(points), np.asarray(labels).ravel()
    canvas.require(
        points.ndim == 2 and points.shape[1] == 2 and len(labels) == len(points) > 0,
        "points of shape (n, 2) and n labels",
        f"points of shape {points.shape}, {len(labels)} labels",
        "Choose two columns to plot.",
    )
    axes = canvas.axes_or_new(axes, 5, 4.2)
    x, y = np.meshgrid(*(_around(column) for column in points.T))
    grid = np.stack([x.ravel(), y.ravel()], axis=1).astype("float32")
    classes = _classes(canvas.array(predict(grid))).reshape(x.shape)
    axes.pcolormesh(x, y, classes, cmap="cividis", alpha=0.5, shading="nearest")
    axes.scatter(*points.T, c=labels, cmap="cividis", edgecolors="black", zorder=3)
    axes.set(xlabel="first input", ylabel="second input")
    return axes


def _around(column: np.ndarray) -> np.ndarray:
    """200 places that cover the column and a fifth of its width on either side."""
    low, high = column.min(), column.max()
    margin = 0.2 * (high - low) or 1.0
    return np.linspace(low - margin, high + margin, 200)


def _classes(scores: np.ndarray) -> np.ndarray:
    """Scores `(n,)` or `(n, 1)` to 0 or 1; logits `(n, classes)` to class numbers."""
    if scores.ndim == 1 or scores.shape[1] == 1:
        return (scores.ravel() > 0).astype(int)
    return scores.argmax(axis=1)
