"""Which inputs a unit of a convolutional net sees."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from kerasdl.plot import canvas


def receptive_field(
    kernel_sizes: Sequence[int],
    strides: Sequence[int] | None = None,
    axes: Axes | None = None,
) -> Axes:
    """One unit of the last layer and all below it that it depends on, in one dimension.

    Without padding. The number of inputs is 1 + sum_l (k_l - 1) s_1 ... s_{l-1}.

    Args:
        kernel_sizes: of the layers, from the input up; pooling counts as a layer.
        strides: one per layer; None: all 1.

    Raises:
        ValueError: when there is no layer, a number is below 1, or lengths differ.
    """
    strides = [1] * len(kernel_sizes) if strides is None else list(strides)
    canvas.require(
        len(kernel_sizes) == len(strides) > 0 and min([*kernel_sizes, *strides]) >= 1,
        "one kernel size and one stride per layer, each at least 1",
        f"kernel_sizes={list(kernel_sizes)}, strides={strides}",
        "Three 3x3 convolutions are receptive_field([3, 3, 3]).",
    )
    seen = [1]
    for size, stride in zip(kernel_sizes[::-1], strides[::-1], strict=True):
        seen.append((seen[-1] - 1) * stride + size)
    seen = seen[::-1]  # units per layer, from the input up
    axes = canvas.axes_or_new(axes, max(4.5, 0.35 * seen[0]), 1 + 0.9 * len(seen))
    centres = [np.arange(seen[0], dtype=float)]
    for layer, (size, stride) in enumerate(zip(kernel_sizes, strides, strict=True)):
        centres.append(_above(axes, centres[layer], layer, size, stride))
    for layer, places in enumerate(centres):
        heights = np.full(len(places), layer)
        axes.plot(places, heights, "o", color=canvas.colour(layer), markersize=9)
    names = ["input", *(f"layer {n + 1}" for n in range(len(kernel_sizes)))]
    counted = [f"{name}: {units}" for name, units in zip(names, seen, strict=True)]
    axes.set_yticks(range(len(names)), counted)
    axes.set(xlabel="position in the input", ylabel="number of units seen")
    return axes


def _above(axes: Axes, below: np.ndarray, layer: int, size: int, stride: int):
    """Draw the wires from one layer to the next; the places of the next one's units."""
    windows = [below[i : i + size] for i in range(0, len(below) - size + 1, stride)]
    centres = np.array([window.mean() for window in windows])
    for centre, window in zip(centres, windows, strict=True):
        for place in window:
            ends = [place, centre], [layer, layer + 1]
            axes.plot(*ends, color="0.6", linewidth=0.8, zorder=1)
    return centres
