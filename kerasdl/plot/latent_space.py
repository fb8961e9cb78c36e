"""The plane of two-number codes of an autoencoder."""

from collections.abc import Callable

import keras
import numpy as np
from matplotlib.axes import Axes

from kerasdl.plot import canvas


def latent_space(codes, labels, axes: Axes | None = None) -> Axes:
    """Codes `(n, 2)`, one colour and marker per label `(n,)`.

    To see what the places between the codes decode to, draw the codes on the axes of
    `latent_grid`.

    Raises:
        ValueError: when codes or labels have another shape.
    """
    codes, labels = canvas.array(codes), np.asarray(labels).ravel()
    canvas.require(
        codes.ndim == 2 and codes.shape[1] == 2 and len(codes) == len(labels) > 0,
        "codes of shape (n, 2) and n labels",
        f"codes of shape {codes.shape}, {len(labels)} labels",
        "Of longer codes draw two columns, or their first two principal components.",
    )
    axes = canvas.axes_or_new(axes, 6, 4.6)
    for index, label in enumerate(np.unique(labels)):
        look = {"color": canvas.colour(index), "marker": canvas.marker(index)}
        members = codes[labels == label]
        axes.scatter(*members.T, s=22, lw=0.4, edgecolors="white", label=label, **look)
    axes.set(xlabel="first latent number", ylabel="second latent number")
    axes.legend(title="label", loc="center left", bbox_to_anchor=(1.01, 0.5))
    return axes


def latent_grid(
    decode: Callable,
    low: float = -2,
    high: float = 2,
    columns: int = 12,
    axes: Axes | None = None,
) -> Axes:
    """The images that a grid of codes in [low, high] x [low, high] decodes to.

    Args:
        decode: maps float32 codes `(n, 2)` to images `(n, height, width)` or with one
            channel last, values in [0, 1].
        columns: images in a row, and rows.

    Raises:
        ValueError: when low is not below high, columns are below 1, or decode
            returns another shape.
    """
    canvas.require(low < high, "low < high", f"low={low}, high={high}", "Swap them.")
    canvas.require_columns(columns)
    images = _decoded(decode, np.linspace(low, high, columns, dtype="float32"))
    # Rows run upwards in the plane and downwards in an image.
    rows = [np.concatenate(row, axis=1) for row in images[::-1]]
    half = (high - low) / max(columns - 1, 1) / 2
    frame = (low - half, high + half, low - half, high + half)
    axes = canvas.axes_or_new(axes, 5.6, 5)
    axes.imshow(np.concatenate(rows), cmap="gray", vmin=0, vmax=1, extent=frame)
    axes.set(xlabel="first latent number", ylabel="second latent number")
    return axes


def _decoded(decode: Callable, places: np.ndarray) -> np.ndarray:
    """Images `(rows, columns, height, width)`, the first row with the lowest codes."""
    x, y = np.meshgrid(places, places)
    codes = np.stack([x.ravel(), y.ravel()], axis=1)
    images = canvas.array(decode(keras.ops.convert_to_tensor(codes)))
    if images.ndim == 4 and images.shape[3] == 1:
        images = images[..., 0]
    canvas.require(
        images.ndim == 3 and len(images) == len(codes),
        f"decode to map {codes.shape} to ({len(codes)}, height, width) or with a "
        "last axis of 1",
        f"shape {images.shape}",
        "Reshape the decoder's outputs to images.",
    )
    return images.reshape(len(places), len(places), *images.shape[1:])
