"""What all plots share: new axes, arrays, and colours that everyone can tell apart."""

import numbers

import keras
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

# Okabe and Ito, "Color Universal Design", without the yellow, which fades on white.
# Markers and line styles change along, for readers of a black-and-white print.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
LINE_STYLES = ("-", "--", ":", "-.")
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "*")
PAPER = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}


def colour(index: int) -> str:
    return COLOURS[index % len(COLOURS)]


def line_style(index: int) -> str:
    return LINE_STYLES[index % len(LINE_STYLES)]


def marker(index: int) -> str:
    return MARKERS[index % len(MARKERS)]


def axes_or_new(axes: Axes | None, width: float = 6, height: float = 4.2) -> Axes:
    """The axes given, or those of a new figure of this size in inches."""
    if axes is not None:
        return axes
    return plt.figure(figsize=(width, height), layout="constrained").add_subplot()


def panels(count: int, columns: int, width: float, height: float) -> Figure:
    """A figure with `count` axes without ticks, `columns` in a row."""
    require_columns(columns)
    columns = min(columns, count)
    rows = -(-count // columns)
    size = (width * columns + 0.5, height * rows + 0.3)
    figure = plt.figure(figsize=size, layout="constrained")
    for index in range(count):
        figure.add_subplot(rows, columns, index + 1).axis("off")
    return figure


def array(values) -> np.ndarray:
    """Numbers, an array or a tensor of the backend as a NumPy array."""
    return np.asarray(keras.ops.convert_to_numpy(values))


def require(holds: bool, expected: str, received: str, fix: str) -> None:
    """Raise the error that names what was expected, what came, and what to do."""
    if not holds:
        raise ValueError(f"Expected {expected}. Received: {received}. {fix}")


def require_columns(columns: int) -> None:
    whole = isinstance(columns, numbers.Integral) and columns >= 1
    require(whole, "at least one column", f"columns={columns!r}", "8 are usual.")


def whole_numbers(axes: Axes) -> None:
    """Ticks on the x axis at whole numbers only: there is no epoch 2.5."""
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))


def finish_network(axes: Axes, places: np.ndarray, margin: float) -> Axes:
    """Frame a drawing of nodes: no ticks, round circles, room around the nodes."""
    (left, bottom), (right, top) = places.min(axis=0), places.max(axis=0)
    axes.set(xlim=(left - margin, right + margin), ylim=(bottom - margin, top + margin))
    axes.set_aspect("equal")
    axes.axis("off")
    return axes
