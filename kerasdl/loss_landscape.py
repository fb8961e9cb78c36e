"""A plane through the weights of a net, and the loss on it."""

import inspect
from collections.abc import Callable

import numpy as np
from keras import ops

from kerasdl.autodiff import jit


def loss_on_a_plane(model, x, y, loss: Callable, seed: int = 0) -> Callable:
    """A function (a, b) of the loss with the weights w + a d + b e; for loss_surface.

    w are the model's weights, d and e random directions. The part of a direction that
    belongs to one unit or filter (the last axis of a kernel) has the length of that
    unit's weights, since a net of ReLUs that scales one layer up and the next one down
    is the same net; biases and other vectors stay as they are. The model does not
    change, and batch normalisation runs with its stored statistics.

        axes = plot.loss_surface(loss_on_a_plane(model, x, y, losses.log_loss))

    Args:
        model: built.
        x, y: arrays of examples and targets.
        loss: maps targets and outputs to a loss per example.

    Raises:
        ValueError: when the model has no weights.

    Source: lecture, non-convex optimisation; Li et al. 2018,
    https://arxiv.org/abs/1712.09913, section 4
    """
    if not model.trainable_variables:
        raise ValueError(
            f"Expected a model with weights. Received: {model.name!r} with none. "
            "Build it first: call it on a batch."
        )
    weights = [ops.convert_to_numpy(v) for v in model.trainable_variables]
    state = [ops.convert_to_numpy(v) for v in model.non_trainable_variables]
    rng = np.random.default_rng(seed)
    first, second = ([_direction(w, rng) for w in weights] for _ in range(2))
    x, y = ops.convert_to_tensor(x), ops.convert_to_tensor(y)
    takes_training = "training" in inspect.signature(model.call).parameters
    mode = {"training": False} if takes_training else {}

    def mean_loss(a, b):
        moved = [
            ops.convert_to_tensor(w) + a * d + b * e
            for w, d, e in zip(weights, first, second, strict=True)
        ]
        kept = [ops.convert_to_tensor(value) for value in state]
        outputs, _ = model.stateless_call(moved, kept, x, **mode)
        return ops.mean(loss(y, outputs))

    compiled = jit(mean_loss)
    return lambda a, b: float(compiled(np.float32(a), np.float32(b)))


def _direction(weight: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Random, with the length of the weight in each slice of its last axis."""
    if weight.ndim < 2:
        return np.zeros_like(weight)
    direction, axes = rng.normal(size=weight.shape), tuple(range(weight.ndim - 1))
    length = np.sqrt((direction**2).sum(axis=axes))
    wanted = np.sqrt((weight.astype("float64") ** 2).sum(axis=axes))
    return (direction * wanted / length).astype(weight.dtype)
