"""What a convolution has learnt, and what it makes of an image."""

import numpy as np
from matplotlib.figure import Figure

from kerasdl.plot import canvas


def filters(kernels) -> Figure:
    """Kernels `(height, width, inputs, outputs)`: a row per input channel.

    The filters of one output channel stand in one column. Grey is 0 in all of them,
    white the largest weight and black its negative.

    Raises:
        ValueError: when the kernels have another rank.
    """
    kernels = canvas.array(kernels)
    canvas.require(
        kernels.ndim == 4 and kernels.size > 0,
        "kernels of shape (height, width, inputs, outputs)",
        f"shape {kernels.shape}",
        "For one filter write kernel[:, :, None, None].",
    )
    inputs, outputs = kernels.shape[2:]
    tiles = kernels.transpose(2, 3, 0, 1).reshape(-1, *kernels.shape[:2])
    limit = np.abs(kernels).max() or 1.0
    figure = _tiles(tiles, outputs, (-limit, limit), "weight")
    for output, axes in enumerate(figure.axes[:outputs]):
        axes.set_title(f"output {output}", fontsize=8)
    if inputs > 1:
        for row in range(inputs):
            _label_row(figure.axes[row * outputs], f"input {row}")
    return figure


def feature_maps(activations, columns: int = 8) -> Figure:
    """Activations `(height, width, channels)` of one image: a tile per channel.

    All tiles share one scale, from the smallest activation (black) to the largest.

    Raises:
        ValueError: when the activations have another rank.
    """
    maps = canvas.array(activations)
    canvas.require(
        maps.ndim == 3 and maps.size > 0,
        "activations of shape (height, width, channels) of one image",
        f"shape {maps.shape}",
        "Take one image of the batch: activations[0].",
    )
    tiles, limits = np.moveaxis(maps, 2, 0), (maps.min(), maps.max())
    figure = _tiles(tiles, columns, limits, "activation")
    for channel, axes in enumerate(figure.axes[: len(tiles)]):
        axes.set_title(f"channel {channel}", fontsize=8)
    return figure


def _tiles(tiles: np.ndarray, columns: int, limits: tuple, meaning: str) -> Figure:
    """Grey tiles on one scale, with a bar that explains it."""
    figure = canvas.panels(len(tiles), columns, 1.1, 1.2)
    for axes, tile in zip(figure.axes, tiles, strict=True):
        drawn = axes.imshow(tile, cmap="gray", vmin=limits[0], vmax=limits[1])
    figure.colorbar(drawn, ax=figure.axes, label=meaning, shrink=0.8)
    return figure


def _label_row(axes, text: str) -> None:
    middle = {"transform": axes.transAxes, "ha": "right", "va": "center"}
    axes.text(-0.08, 0.5, text, rotation=90, fontsize=8, **middle)
