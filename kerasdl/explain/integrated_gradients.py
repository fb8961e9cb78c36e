"""Integrated gradients: contributions that sum to the change of the logit."""

import numpy as np
from keras import ops

from kerasdl.explain.targets import as_batch, logit_gradient


def integrated_gradients(model, x, classes, baseline=None, steps: int = 50):
    """Inputs `(batch, ...)` to the contribution of each value, the same shape.

    (x - x_0) * integral over t in [0, 1] of d f_c(x_0 + t (x - x_0)) / d x, by the
    midpoint rule. The contributions of an example sum to f_c(x) - f_c(x_0)
    (completeness), up to the error of the rule; more steps make it smaller.

    Args:
        model: a function of a batch, `(batch, ...)` to logits `(batch, classes)`.
        x: the batch, floats.
        classes: which logit: integers `(batch,)`, or one for all examples.
        baseline: x_0, an input that says nothing, of x's shape or one that broadcasts
            to it. None is zeros: a black image.
        steps: of the midpoint rule; each costs one gradient.

    Raises:
        ValueError: when x has no batch axis, the baseline does not fit, the outputs
            are no logits, or there is no step.

    Source: Sundararajan et al. 2017, https://arxiv.org/abs/1703.01365
    """
    x = as_batch(x)
    if steps < 1:
        raise ValueError(f"Expected at least 1 step. Received: steps={steps}.")
    start = ops.zeros_like(x) if baseline is None else _broadcast(baseline, x)
    path = x - start
    total = ops.zeros_like(x)
    for step in range(steps):
        point = start + (step + 0.5) / steps * path
        total = total + logit_gradient(model, point, classes)
    return path * total / steps


def expected_gradients(model, x, classes, baselines, steps: int = 20):
    """Inputs `(batch, ...)` to their mean contribution over baselines, same shape.

    The mean of integrated gradients from each of the baselines, usually training
    examples; the contributions sum to f_c(x) minus the mean of f_c(baselines). An
    approximation of SHAP values that uses gradients.

    Args:
        model, x, classes, steps: as in `integrated_gradients`.
        baselines: `(baselines, ...)`; the cost is steps gradients for each.

    Raises:
        ValueError: as `integrated_gradients`.

    Source: Erion et al. 2021, https://arxiv.org/abs/1906.10670 (which samples the
    baselines and the path).
    """
    x, total = as_batch(x), 0.0
    for baseline in as_batch(baselines):
        total = total + integrated_gradients(model, x, classes, baseline[None], steps)
    return total / len(baselines)


def _broadcast(baseline, x):
    baseline = ops.convert_to_tensor(baseline, dtype=x.dtype)
    shape = tuple(x.shape)
    try:
        fits = np.broadcast_shapes(baseline.shape, shape) == shape
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(
            f"Expected a baseline of x's shape {shape}, or one that broadcasts to it. "
            f"Received: shape {tuple(baseline.shape)}."
        )
    return ops.broadcast_to(baseline, shape)
