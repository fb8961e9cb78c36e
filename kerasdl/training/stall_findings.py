"""From numbers about a batch to sentences about what is wrong."""

import numpy as np
from keras import tree

from kerasdl.training.layer_state import LayerState

LARGE_GRADIENT = 10  # times the length of the weights
VANISHED = 1e-3  # times the last layer's gradient, both beside their weights


def findings(x, y, loss: float, states: list[LayerState]) -> list[str]:
    """A batch, its loss and the layer states to a sentence and a fix per problem."""
    *hidden, last = states
    return [
        *_inputs(np.asarray(tree.flatten(x)[0])),
        *[sentence for state in hidden for sentence in _activation(state)],
        *[sentence for state in states for sentence in _weights(state)],
        *_gradients(loss, [state for state in states if state.has_weights]),
        *_range(np.asarray(y), last),
    ]


def _inputs(x: np.ndarray) -> list[str]:
    largest = float(np.abs(x).max())
    if largest < 0.01:
        return [
            f"The inputs are nearly zero (at most {largest:.2g}), and so are the steps "
            "of the first layer's weights: scale the inputs to about -1 to 1."
        ]
    if largest > 100:
        return [
            f"The inputs are large (up to {largest:.3g}) and drive activations into "
            "saturation: scale the inputs to about -1 to 1."
        ]
    return []


def _activation(state: LayerState) -> list[str]:
    if state.saturated > 0.5:
        return [
            f"{state.name}: {state.saturated:.0%} of the outputs are at an end of "
            f"[{state.low:.3g}, {state.high:.3g}], where the slope is nearly 0. Make "
            "its inputs or weights smaller, or use an activation such as leaky_relu."
        ]
    if state.dead > 0.5 and state.weight_norm > 0:
        return [
            f"{state.name}: {state.dead:.0%} of the units answer the same to every "
            "example. If they are ReLUs they are dead: lower the learning rate, or use "
            "leaky_relu; else look at the layers before."
        ]
    return []


def _weights(state: LayerState) -> list[str]:
    if not state.has_weights or state.weight_norm > 1e-6:
        return []
    return [
        f"{state.name}: all weights are 0, so layers before it get no gradient. Start "
        "with small random weights, such as GlorotUniform()."
    ]


def _gradients(loss: float, states: list[LayerState]) -> list[str]:
    if not np.isfinite(loss):
        return [
            f"The loss is {loss}: weights have exploded. Start anew with a lower "
            "learning rate, and clip gradients (clipnorm=1.0 in the optimizer)."
        ]
    sizes = [s.gradient_norm / s.weight_norm for s in states if s.weight_norm > 1e-6]
    if any(size > LARGE_GRADIENT for size in sizes):
        return [
            f"A gradient is {max(sizes):.3g} times as long as its weights: the next "
            "step may go too far. Lower the learning rate, or clip gradients "
            "(clipnorm=1.0 in the optimizer)."
        ]
    if sizes and sizes[0] < VANISHED * sizes[-1]:
        return [
            f"The first layer's gradient is {sizes[0] / sizes[-1]:.1g} of the last's: "
            "it vanishes on the way. Use fewer layers, an activation that does not "
            "saturate, skip connections or batch normalization."
        ]
    return []


def _range(y: np.ndarray, last: LayerState) -> list[str]:
    """Targets of floats only: whole numbers may be labels."""
    if y.dtype.kind != "f" or (y.min() >= last.low and y.max() <= last.high):
        return []
    return [
        f"The targets reach from {y.min():.3g} to {y.max():.3g}, the outputs of "
        f"{last.name} only from {last.low:.3g} to {last.high:.3g}: choose another "
        "activation for the last layer, or scale the targets."
    ]
