"""How much gradient reaches each layer."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes

from kerasdl.plot import canvas


def gradient_flow(norms: Mapping, axes: Axes | None = None) -> Axes:
    """The norm of the loss's gradient in each layer, one curve per named net.

    A straight fall on the logarithmic scale is a gradient that shrinks by the same
    factor in every layer.

    Args:
        norms: {"plain": norms of its layers from input to output, "residual": ...}.

    Raises:
        ValueError: when there is no net, or norms are not a list of numbers >= 0.
    """
    norms = {name: canvas.array(values) for name, values in norms.items()}
    canvas.require(
        bool(norms) and all(map(_are_norms, norms.values())),
        "for each net a list of norms, none negative, one per layer",
        str({name: values.shape for name, values in norms.items()}),
        "The norm of a gradient g is the root of the sum of g**2.",
    )
    axes = canvas.axes_or_new(axes)
    for index, (name, values) in enumerate(norms.items()):
        look = {"color": canvas.colour(index), "ls": canvas.line_style(index)}
        depth = np.arange(1, len(values) + 1)
        axes.plot(depth, values, marker=canvas.marker(index), label=name, **look)
    axes.set(xlabel="layer, from input to output", ylabel="norm of the gradient")
    axes.set_yscale("log")
    canvas.whole_numbers(axes)
    axes.legend()
    return axes


def _are_norms(values: np.ndarray) -> bool:
    return values.ndim == 1 and values.size > 0 and bool(values.min() >= 0)
