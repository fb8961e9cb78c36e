"""The lecture's thirteen losses, each `(targets, outputs)` to one value per example.

Targets and outputs have the same shape `(batch, classes)`; the result is `(batch,)`,
to be averaged by `keras.ops.mean`, or by Keras after `model.compile(loss=log_loss)`.
y are the targets, o the outputs of the network, p = softmax(o).

    what the loss takes          targets y        losses
    outputs as they are          any numbers      sum_of_squared_errors, l1, l2
    outputs as they are          -1 or 1          hinge, squared_hinge, cubed_hinge
    logits; softmax is inside    one-hot          all others

Where the lecture's slide slips, these functions are right:
- `l2` and `regularised_expectation` are squared norms (the slide lost the square);
- `tanimoto` has a minus sign (without it the loss would grow with agreement);
- `squared_log` has none (with it the loss would fall as the target's p goes to 0);
- the hinges take o, not p, inside: a p below 1 never reaches the margin of 1, so the
  maximum would never act, and the hinge would be the expectation loss again.

Source: Janocha and Czarnecki 2017, https://arxiv.org/abs/1702.05659 (its hinges have a
margin of 1/2; ours is 1, as in the lecture).
"""

import keras
from keras import ops

from kerasdl.activations import softmax

register = keras.saving.register_keras_serializable("kerasdl")


@register
def sum_of_squared_errors(targets, outputs):
    """Sum_k (o_k - y_k)^2. The lecture also sums over the examples."""
    return ops.sum(ops.square(_difference(targets, outputs)), axis=-1)


@register
def l1(targets, outputs):
    """||y - o||_1, the sum of absolute errors."""
    return ops.sum(ops.abs(_difference(targets, outputs)), axis=-1)


@register
def l2(targets, outputs):
    """||y - o||_2^2: squared, so the same as the sum of squared errors."""
    return sum_of_squared_errors(targets, outputs)


@register
def expectation(targets, logits):
    """||y - p||_1. For one-hot y this is twice the chance of a wrong random guess."""
    return l1(targets, softmax(logits))


@register
def regularised_expectation(targets, logits):
    """||y - p||_2^2, in [0, 2] for one-hot y."""
    return l2(targets, softmax(logits))


@register
def chebyshev(targets, logits):
    """max_j |p_j - y_j|, in [0, 1] for one-hot y."""
    return ops.max(ops.abs(_difference(targets, softmax(logits))), axis=-1)


@register
def hinge(targets, outputs):
    """Sum_j max(0, 1 - y_j o_j), for y of -1 or 1."""
    return ops.sum(_margin_missed(targets, outputs), axis=-1)


@register
def squared_hinge(targets, outputs):
    """Sum_j max(0, 1 - y_j o_j)^2, for y of -1 or 1."""
    return ops.sum(_margin_missed(targets, outputs) ** 2, axis=-1)


@register
def cubed_hinge(targets, outputs):
    """Sum_j max(0, 1 - y_j o_j)^3, for y of -1 or 1."""
    return ops.sum(_margin_missed(targets, outputs) ** 3, axis=-1)


@register
def log_loss(targets, logits):
    """-Sum_j y_j log p_j: cross-entropy, in nats."""
    targets, logits = _matched(targets, logits)
    return -ops.sum(targets * ops.log_softmax(logits, axis=-1), axis=-1)


@register
def squared_log(targets, logits):
    """Sum_j y_j (log p_j)^2: harder than the log loss on p below 1/e, milder above."""
    targets, logits = _matched(targets, logits)
    return ops.sum(targets * ops.log_softmax(logits, axis=-1) ** 2, axis=-1)


@register
def tanimoto(targets, logits):
    """-<p, y> / (||p||^2 + ||y||^2 - <p, y>), from 0 (disjoint) to -1 (equal)."""
    targets, logits = _matched(targets, logits)
    p = softmax(logits)
    common = ops.sum(p * targets, axis=-1)
    return -common / (ops.sum(p**2 + targets**2, axis=-1) - common)


@register
def cauchy_schwarz(targets, logits):
    """-log(<p, y> / (||p|| ||y||)), from 0 (parallel) upwards, for y >= 0, not all 0.

    Computed from log p, so that a p of 0 costs a large number and not infinity.
    """
    targets, logits = _matched(targets, logits)
    log_p = ops.log_softmax(logits, axis=-1)
    log_y = _log(targets)
    log_norms = (_log_sum_exp(2 * log_p) + _log_sum_exp(2 * log_y)) / 2
    return log_norms - _log_sum_exp(log_p + log_y)


def _margin_missed(targets, outputs):
    targets, outputs = _matched(targets, outputs)
    missed = 1 - targets * outputs
    return ops.where(missed > 0, missed, ops.zeros_like(missed))


def _log(targets):
    """log y, with a finite stand-in for log 0 whose gradient is 0."""
    positive = targets > 0
    safe = ops.where(positive, targets, ops.ones_like(targets))
    return ops.where(positive, ops.log(safe), -1e9 * ops.ones_like(targets))


def _log_sum_exp(x):
    return ops.logsumexp(x, axis=-1)


def _difference(targets, outputs):
    targets, outputs = _matched(targets, outputs)
    return outputs - targets


def _float(x):
    """x as a tensor of floats: whole numbers would cut what they are compared with."""
    x = ops.convert_to_tensor(x)
    return ops.cast(x, keras.backend.result_type(x.dtype, "float32"))


def _matched(targets, outputs):
    """Both as tensors of the outputs' type; an error where shapes would broadcast."""
    outputs = _float(outputs)
    targets = ops.cast(ops.convert_to_tensor(targets), outputs.dtype)
    expected, received = tuple(outputs.shape), tuple(targets.shape)
    pairs = zip(expected, received, strict=False)
    differ = any(a != b for a, b in pairs if None not in (a, b))
    if len(expected) != len(received) or len(expected) < 2 or differ:
        raise ValueError(
            "Expected targets of the outputs' shape (batch, classes). Received: "
            f"targets of shape {received}, outputs of shape {expected}. For labels of "
            "shape (batch,) use keras.ops.one_hot(labels, classes)."
        )
    return targets, outputs
