"""Samples of a generative model beside real data; values before and after a layer."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes

from kerasdl.plot import canvas


def point_clouds(clouds: Mapping, axes: Axes | None = None) -> Axes:
    """Named sets of points `(n, 2)`, such as {"real": x, "generated": y}.

    Raises:
        ValueError: when there is no set, or one has another shape.
    """
    clouds = {name: canvas.array(points) for name, points in clouds.items()}
    canvas.require(
        bool(clouds) and all(c.ndim == 2 and c.shape[1] == 2 for c in clouds.values()),
        "at least one set of points, each of shape (n, 2)",
        str({name: points.shape for name, points in clouds.items()}),
        "Images belong to plot.image_grid, single numbers to plot.histograms.",
    )
    axes = canvas.axes_or_new(axes, 5, 4.6)
    for index, (name, points) in enumerate(clouds.items()):
        look = {"color": canvas.colour(index), "marker": "ox+^s"[index % 5]}
        axes.scatter(*points.T, s=16, lw=1, alpha=0.7, label=name, **look)
    axes.set(xlabel="first coordinate", ylabel="second coordinate")
    axes.legend()
    return axes


def histograms(samples: Mapping, bins: int = 40, axes: Axes | None = None) -> Axes:
    """Named sets of numbers as histograms of area 1 over the same bins.

    For {"real": x, "generated": y}, or the inputs and outputs of a normalisation. The
    legend says mean and standard deviation. The first set is filled.

    Args:
        samples: arrays of any shape.

    Raises:
        ValueError: when there is no set, or one is empty or not finite.
    """
    samples = {
        name: canvas.array(x).ravel().astype(float) for name, x in samples.items()
    }
    canvas.require(
        bool(samples)
        and all(x.size and np.isfinite(x).all() for x in samples.values()),
        "at least one set of numbers, each of them finite and not empty",
        str({name: x.shape for name, x in samples.items()}),
        "Look for a training that has diverged.",
    )
    axes = canvas.axes_or_new(axes)
    edges = np.histogram_bin_edges(np.concatenate(list(samples.values())), bins)
    for index, (name, x) in enumerate(samples.items()):
        heights, _ = np.histogram(x, edges, density=True)
        label = f"{name}: {x.mean():.2f} ± {x.std():.2f}"
        look = {"color": canvas.colour(index), "ls": canvas.line_style(index)}
        fill = {"fill": True, "alpha": 0.35} if index == 0 else {"lw": 1.8}
        axes.stairs(heights, edges, label=label, **look, **fill)
    axes.set(xlabel="value", ylabel="density")
    axes.legend()
    return axes
