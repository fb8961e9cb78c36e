"""A two-dimensional slice through the loss of a net."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes

from kerasdl.plot import canvas


def loss_surface(
    loss: Callable,
    low: float = -1,
    high: float = 1,
    points: int = 25,
    axes: Axes | None = None,
) -> Axes:
    """Contour lines of loss(a, b) for a and b in [low, high]; a cross marks (0, 0).

    Args:
        loss: a function of two floats. For a net: the loss with the weights
            w + a d + b e, where w are the trained ones and d, e two directions.
        points: values of a, and of b; the loss is computed points**2 times.

    Raises:
        ValueError: when low is not below high, points is below 2, or no loss is finite.
    """
    canvas.require(
        low < high and points >= 2,
        "low < high and at least two points",
        f"low={low}, high={high}, points={points}",
        "Use low=-1, high=1, points=25, for example.",
    )
    places = np.linspace(low, high, points)
    heights = np.array([[float(loss(a, b)) for a in places] for b in places])
    canvas.require(
        bool(np.isfinite(heights).any()),
        "a loss that is finite somewhere",
        f"{heights.flat[0]} everywhere",
        "Take smaller low and high.",
    )
    axes = canvas.axes_or_new(axes, 5.6, 4.4)
    heights = np.ma.masked_invalid(heights)
    filled = axes.contourf(places, places, heights, levels=20, cmap="cividis")
    axes.contour(places, places, heights, levels=20, colors="white", linewidths=0.4)
    axes.plot(0, 0, "P", color="white", markeredgecolor="black", markersize=9)
    axes.set(xlabel="a, along the first direction", ylabel="b, along the second")
    axes.figure.colorbar(filled, ax=axes, label="loss")
    return axes
