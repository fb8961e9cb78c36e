"""Functions of one number."""

from collections.abc import Callable, Mapping

import keras
import numpy as np
from matplotlib.axes import Axes

from kerasdl.plot import canvas


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
    axes = canvas.axes_or_new(axes)
    x = np.linspace(low, high, 401, dtype="float32")
    for index, (name, function) in enumerate(functions.items()):
        y = canvas.array(function(keras.ops.convert_to_tensor(x)))
        style = {"color": canvas.colour(index), "ls": canvas.line_style(index)}
        axes.plot(x, y, label=name, **style)
    axes.set(xlabel="x", ylabel="f(x)")
    axes.legend()
    return axes
