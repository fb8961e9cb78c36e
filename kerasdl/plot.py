"""Plots for lessons. Each draws on the axes given, or on new ones, and returns them."""

from collections.abc import Callable, Mapping, Sequence

import keras
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure


def learning_curves(history, axes: Axes | None = None) -> Axes:
    """One curve per metric over epochs 1, 2, ...; its validation dashed beside it.

    Args:
        history: what `fit` returned, or a dict of lists such as its `.history`.
    """
    axes = axes or plt.figure().add_subplot()
    history = getattr(history, "history", history)
    colours = {}
    for name, values in history.items():
        validation = name.startswith("val_")
        metric = name.removeprefix("val_")
        colour = colours.setdefault(metric, f"C{len(colours)}")
        epochs = range(1, len(values) + 1)
        axes.plot(epochs, values, "--" if validation else "-", color=colour, label=name)
    axes.set(xlabel="epoch")
    axes.legend()
    return axes


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
    if points.ndim != 2 or points.shape[1] != 2 or len(labels) != len(points):
        raise ValueError(
            "Expected points of shape (n, 2) and n labels. Received: points of shape "
            f"{points.shape}, {len(labels)} labels. Choose two columns to plot."
        )
    axes = axes or plt.figure().add_subplot()
    x, y = np.meshgrid(*(_around(column) for column in points.T))
    grid = np.stack([x.ravel(), y.ravel()], axis=1).astype("float32")
    classes = _classes(_numpy(predict(grid))).reshape(x.shape)
    axes.pcolormesh(x, y, classes, cmap="coolwarm", alpha=0.4, shading="nearest")
    axes.scatter(*points.T, c=labels, cmap="coolwarm", edgecolors="black")
    return axes


def curves(
    functions: Mapping[str, Callable],
    low: float,
    high: float,
    axes: Axes | None = None,
) -> Axes:
    """One curve per named function of a float32 tensor, for x in [low, high].

    For the lecture's gallery: `curves({"tanh": tanh, "its slope": tanh_derivative},
    -4, 4)`.
    """
    axes = axes or plt.figure().add_subplot()
    x = np.linspace(low, high, 401, dtype="float32")
    for name, function in functions.items():
        axes.plot(x, _numpy(function(_tensor(x))), label=name)
    axes.set(xlabel="x")
    axes.legend()
    return axes


def image_grid(
    images: np.ndarray, titles: Sequence | None = None, columns: int = 8
) -> Figure:
    """Images `(n, height, width)`, or with 1 or 3 channels last, side by side.

    Values run from 0 (black) to 1 (white).

    Raises:
        ValueError: when there is no image, or not one title per image.
    """
    images = _numpy(images)
    if len(images) == 0 or (titles is not None and len(titles) != len(images)):
        received = "no titles" if titles is None else f"{len(titles)} titles"
        raise ValueError(
            "Expected at least one image, and one title per image or None. "
            f"Received: {len(images)} images, {received}."
        )
    columns = min(columns, len(images))
    rows = -(-len(images) // columns)
    figure = plt.figure(figsize=(1.2 * columns, 1.4 * rows))
    for index, image in enumerate(images):
        axes = figure.add_subplot(rows, columns, index + 1)
        axes.imshow(image, cmap="gray", vmin=0, vmax=1)
        axes.axis("off")
        if titles is not None:
            axes.set_title(str(titles[index]), fontsize=8)
    return figure


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


def _tensor(array):
    return keras.ops.convert_to_tensor(array)


def _numpy(values) -> np.ndarray:
    return np.asarray(keras.ops.convert_to_numpy(values))
