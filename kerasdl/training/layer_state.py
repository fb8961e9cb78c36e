"""Numbers that say how a layer is doing."""

from dataclasses import dataclass

import numpy as np
from keras import ops

RANGES = {
    "sigmoid": (0.0, 1.0),
    "hard_sigmoid": (0.0, 1.0),
    "softmax": (0.0, 1.0),
    "step": (0.0, 1.0),
    "tanh": (-1.0, 1.0),
    "hard_tanh": (-1.0, 1.0),
    "softsign": (-1.0, 1.0),
    "arctan": (-np.pi / 2, np.pi / 2),
    "relu": (0.0, np.inf),
    "softplus": (0.0, np.inf),
    "elu": (-1.0, np.inf),
}


@dataclass
class LayerState:
    """One layer's outputs, weights and gradients on one batch.

    Args:
        name: of the layer.
        mean, stddev: of all its outputs.
        dead: part of its units (places of the last axis) whose output is the same for
            all examples: no example has a say through them.
        saturated: part of its outputs within 1 % of an end of the activation's range,
            where its slope is small; 0 where the range has no two ends.
        low, high: the range of its activation.
        weight_norm, gradient_norm: lengths of its weights (biases left out) and of
            their gradient; 0 without weights.
        has_weights: whether it has weights to learn.
    """

    name: str
    mean: float
    stddev: float
    dead: float
    saturated: float
    low: float
    high: float
    weight_norm: float
    gradient_norm: float
    has_weights: bool


def layer_state(layer, outputs: np.ndarray, gradients: dict) -> LayerState:
    """A layer, its outputs and the gradients by `id` of the variable to its state."""
    outputs = outputs.astype("float64")
    low, high = activation_range(layer)
    kernels = [v for v in layer.trainable_variables if len(v.shape) > 1]
    return LayerState(
        name=layer.name,
        mean=float(outputs.mean()),
        stddev=float(outputs.std()),
        dead=_dead(outputs),
        saturated=_saturated(outputs, low, high),
        low=low,
        high=high,
        weight_norm=_norm([ops.convert_to_numpy(v) for v in kernels]),
        gradient_norm=_norm([gradients[id(v)] for v in kernels]),
        has_weights=bool(kernels),
    )


def activation_range(layer) -> tuple[float, float]:
    """The layer's smallest and largest possible output, as its activation has it."""
    name = getattr(getattr(layer, "activation", None), "__name__", None)
    return RANGES.get(name, (-np.inf, np.inf))


def _dead(outputs: np.ndarray) -> float:
    units = outputs.reshape(-1, outputs.shape[-1])
    return float(np.mean(np.ptp(units, axis=0) <= 1e-6 * np.abs(units).max(axis=0)))


def _saturated(outputs: np.ndarray, low: float, high: float) -> float:
    if not np.isfinite(high - low):
        return 0.0
    near = 0.01 * (high - low)
    return float(np.mean((outputs < low + near) | (outputs > high - near)))


def _norm(arrays: list[np.ndarray]) -> float:
    return float(np.sqrt(sum(np.sum(a.astype("float64") ** 2) for a in arrays)))
