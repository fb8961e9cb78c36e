"""Metrics over the epochs of a training."""

from matplotlib.axes import Axes

from kerasdl.plot import canvas


def learning_curves(history, axes: Axes | None = None) -> Axes:
    """One curve per metric over epochs 1, 2, ...; its validation dashed beside it.

    Args:
        history: what `fit` returned, or a dict of lists such as its `.history`.
    """
    axes = canvas.axes_or_new(axes)
    history = getattr(history, "history", history)
    styles = {}
    for name, values in history.items():
        index = styles.setdefault(name.removeprefix("val_"), len(styles))
        axes.plot(
            range(1, len(values) + 1),
            values,
            "--" if name.startswith("val_") else "-",
            color=canvas.colour(index),
            marker=canvas.marker(index),
            markevery=max(1, len(values) // 8),
            label=name,
        )
    axes.set(xlabel="epoch", ylabel="loss or metric")
    canvas.whole_numbers(axes)
    axes.legend()
    return axes
