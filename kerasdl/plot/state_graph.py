"""A Markov chain: what a language model with a short context is."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch

from kerasdl.plot import canvas, layout

_RADIUS = 0.24
_BEND = 0.18  # of an arrow, so that there and back are two


def state_graph(
    transitions,
    states: Sequence,
    threshold: float = 0.005,
    axes: Axes | None = None,
) -> Axes:
    """States on a circle, with the probability of each transition on its arrow.

    A GPT with a context of k tokens is a finite-state machine: its states are the
    possible contexts, and a token leads from one to the next. A label stands nearer
    to the state that its arrow leaves.

    Args:
        transitions: `(states, states)`; row i holds the probabilities of the states
            that follow state i.
        states: a label per state.
        threshold: transitions less probable than this are left out.

    Raises:
        ValueError: when the matrix is not square, a row does not sum to 1, an entry
            is negative, or there is not one label per state.
    """
    transitions, count = canvas.array(transitions), len(states)
    canvas.require(
        transitions.shape == (count, count)
        and count > 0
        and transitions.min() >= 0
        and np.allclose(transitions.sum(axis=1), 1, atol=1e-3),
        "transitions of shape (states, states), rows summing to 1, none negative",
        f"shape {transitions.shape}, {count} states",
        "Row i holds the probabilities of what follows state i.",
    )
    spread = 1.3 + 0.16 * max(count - 4, 0)
    axes = canvas.axes_or_new(axes, *[4.6 * spread] * 2)
    circles = [Circle(p, _RADIUS) for p in spread * layout.circular(count)]
    for circle, state in zip(circles, states, strict=True):
        circle.set(facecolor="#CFE6F5", edgecolor="black", zorder=3)
        axes.add_patch(circle)
        axes.annotate(str(state), circle.center, ha="center", va="center", zorder=4)
    for start, end in np.argwhere(transitions >= max(threshold, 1e-12)):
        draw = _loop if start == end else _arrow
        draw(axes, circles[start], circles[end], transitions[start, end])
    return canvas.finish_network(axes, np.array([c.center for c in circles]), 0.9)


def _arrow(axes: Axes, start: Circle, end: Circle, probability: float) -> None:
    ends = np.array([start.center, end.center])
    _draw(axes, *ends, probability, _BEND, {"patchA": start, "patchB": end})
    # The place of the label: a point of the arrow, a Bezier curve.
    step, part = ends[1] - ends[0], 0.3
    across = np.array([step[1], -step[0]])
    bulge = 2 * part * (1 - part) * _BEND
    _label(axes, ends[0] + part * step + bulge * across, probability)


def _loop(axes: Axes, state: Circle, _: Circle, probability: float) -> None:
    """An arrow out of the circle of states and back."""
    outwards = np.array(state.center) / np.linalg.norm(state.center)
    aside = 0.5 * _RADIUS * np.array([outwards[1], -outwards[0]])
    foot = state.center + 0.87 * _RADIUS * outwards  # on the rim
    _draw(axes, foot - aside, foot + aside, probability, -3.0, {})
    _label(axes, state.center + 2.6 * _RADIUS * outwards, probability)


def _draw(axes, start, end, probability, bend, clipped_by) -> None:
    look = {"linewidth": 0.6 + 2 * probability, "color": "0.35", "zorder": 1}
    arrow = {
        "arrowstyle": "-|>,head_width=3,head_length=6",
        "connectionstyle": f"arc3,rad={bend}",
        "shrinkA": 0,
        "shrinkB": 0,
    }
    axes.add_patch(FancyArrowPatch(start, end, **arrow, **look, **clipped_by))


def _label(axes: Axes, place: np.ndarray, probability: float) -> None:
    middle = {"ha": "center", "va": "center", "fontsize": 9, "zorder": 2}
    axes.text(*place, f"{probability:.2f}", bbox=canvas.PAPER, **middle)
