"""How a diffusion model's forward process turns data into noise."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes

from kerasdl.plot import canvas


def noise_schedule(signal: Mapping, axes: Axes | None = None) -> Axes:
    """What is left of the data after each step, one colour per named schedule.

    x_t = sqrt(alpha_bar_t) x_0 + sqrt(1 - alpha_bar_t) noise: the solid line is the
    first factor, the dashed one the second. Sampling starts from pure noise, so the
    solid line must end near 0.

    Args:
        signal: {"linear": alpha_bar `(steps,)`, ...}, values in [0, 1].

    Raises:
        ValueError: when there is no schedule, or a value is outside [0, 1].
    """
    signal = {name: canvas.array(values) for name, values in signal.items()}
    canvas.require(
        bool(signal)
        and all(
            values.ndim == 1 and values.min() >= 0 and values.max() <= 1
            for values in signal.values()
        ),
        "for each schedule a list of alpha_bar, each in [0, 1]",
        str({name: values.shape for name, values in signal.items()}),
        "From betas: alpha_bar = np.cumprod(1 - betas).",
    )
    axes = canvas.axes_or_new(axes, 7)
    for index, (name, values) in enumerate(signal.items()):
        steps, colour = np.arange(1, len(values) + 1), canvas.colour(index)
        every = {"marker": canvas.marker(index), "markevery": max(1, len(values) // 8)}
        axes.plot(steps, values**0.5, color=colour, label=f"{name}: data", **every)
        noise = (1 - values) ** 0.5
        axes.plot(steps, noise, "--", color=colour, label=f"{name}: noise", **every)
    axes.set(xlabel="step t", ylabel="factor", ylim=(-0.03, 1.03))
    axes.legend(loc="center left", bbox_to_anchor=(1.01, 0.5))
    return axes
