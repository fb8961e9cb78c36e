"""Activation functions and their derivatives: the lecture's table, row by row.

Each function maps a tensor of any shape to the same shape, elementwise, except
`softmax`, which works along the last axis. `name_derivative(x)` is the derivative at
the input x (not a function of the output). Nothing overflows for |x| up to 1e4.

At a kink (x = 0) a function and its derivative take the branch x >= 0, as the lecture
prints it: `relu_derivative(0)` is 1. The gradient of `relu` itself at 0 is 0, as in
every library; both are subgradients. The step has no derivative at 0 (the lecture
prints "?"); `step_derivative` says 0.
"""

import keras
from keras import ops

register = keras.saving.register_keras_serializable("kerasdl")


@register
def identity(x):
    """x to x: no activation."""
    return x


def identity_derivative(x):
    """x to 1."""
    return ops.ones_like(x)


@register
def step(x):
    """x to 1 where x >= 0, else 0. Its gradient is 0: it cannot be learned through."""
    return ops.where(x >= 0, ops.ones_like(x), ops.zeros_like(x))


def step_derivative(x):
    """x to 0, at 0 too, where the step has no derivative."""
    return ops.zeros_like(x)


@register
def sigmoid(x):
    """x to 1 / (1 + exp(-x)), in (0, 1). Also called logistic or soft step."""
    return ops.sigmoid(x)


def sigmoid_derivative(x):
    """x to f(x) (1 - f(x)), at most 1/4; 1 - f(x) is f(-x), which does not cancel."""
    return sigmoid(x) * sigmoid(-x)


@register
def tanh(x):
    """x to 2 / (1 + exp(-2x)) - 1, in (-1, 1). Also called bipolar sigmoid."""
    return ops.tanh(x)


def tanh_derivative(x):
    """x to 1 - f(x)^2, written with the sigmoid of 2x so that it does not cancel."""
    return 4 * sigmoid_derivative(2 * x)


@register
def arctan(x):
    """x to the angle whose tangent is x, in (-pi/2, pi/2) radians."""
    return ops.arctan(x)


def arctan_derivative(x):
    """x to 1 / (x^2 + 1)."""
    return 1 / (x * x + 1)


@register
def relu(x):
    """x to max(0, x): the rectified linear unit."""
    return ops.relu(x)


def relu_derivative(x):
    """x to 1 where x >= 0, else 0."""
    return step(x)


@register
def leaky_relu(x, slope=0.1):
    """x to x where x >= 0, else slope * x. The lecture's slope is 0.1 (Keras: 0.2)."""
    return ops.where(x >= 0, x, ops.multiply(slope, x))


def leaky_relu_derivative(x, slope=0.1):
    """x to 1 where x >= 0, else the slope (not 0)."""
    one = ops.ones_like(x)
    return ops.where(x >= 0, one, ops.multiply(slope, one))


def prelu(x, slope):
    """x to x where x >= 0, else slope * x, with a slope that is learned.

    `slope` is a number or a tensor that broadcasts against x, such as one value per
    channel. Source: He et al. 2015, https://arxiv.org/abs/1502.01852
    """
    return leaky_relu(x, slope)


def prelu_derivative(x, slope):
    """x to 1 where x >= 0, else the slope: the derivative with respect to x."""
    return leaky_relu_derivative(x, slope)


@register
def elu(x, alpha=1.0):
    """x to x where x >= 0, else alpha (exp(x) - 1), above -alpha.

    Source: Clevert et al. 2015, https://arxiv.org/abs/1511.07289
    """
    return ops.where(x >= 0, x, alpha * ops.expm1(_negative_part(x)))


def elu_derivative(x, alpha=1.0):
    """x to 1 where x >= 0, else f(x) + alpha = alpha exp(x)."""
    return ops.where(x >= 0, ops.ones_like(x), alpha * ops.exp(_negative_part(x)))


def _negative_part(x):
    """x where it is negative, else 0: keeps exp of the branch not taken finite."""
    return ops.where(x >= 0, ops.zeros_like(x), x)


@register
def softplus(x):
    """x to log(1 + exp(x)): a smooth ReLU."""
    return ops.softplus(x)


def softplus_derivative(x):
    """x to the sigmoid of x."""
    return sigmoid(x)


@register
def softmax(x):
    """Logits `(..., classes)` to probabilities `(..., classes)` that sum to 1.

    p_i = exp(x_i) / sum_j exp(x_j). The largest logit is subtracted first: p does not
    change, and exp cannot overflow.
    """
    x = ops.convert_to_tensor(x)
    exponentials = ops.exp(x - ops.max(x, axis=-1, keepdims=True))
    return exponentials / ops.sum(exponentials, axis=-1, keepdims=True)


def softmax_jacobian(x):
    """Logits `(..., classes)` to derivatives `(..., classes, classes)`.

    Row i, column k holds dp_i / dx_k = p_i (1 - p_i) if i = k, else -p_i p_k. It is
    symmetric, and its rows sum to 0: adding a constant to all logits changes nothing.
    """
    p = softmax(x)
    same = ops.eye(p.shape[-1], dtype=p.dtype)
    return ops.expand_dims(p, -1) * (same - ops.expand_dims(p, -2))


_LAYER_ACTIVATIONS = (identity, step, sigmoid, tanh, arctan, relu, leaky_relu, elu)
_LAYER_ACTIVATIONS += (softplus, softmax)
_BY_NAME = {function.__name__: function for function in _LAYER_ACTIVATIONS}


def get(activation):
    """A name, function or None to the function that a layer applies.

    Names are those of this file first (so "leaky_relu" has slope 0.1), then those of
    `keras.activations` ("gelu", "silu"). None is the identity.

    Raises:
        ValueError: when neither knows the name.
    """
    if activation is None:
        return identity
    if isinstance(activation, str) and activation in _BY_NAME:
        return _BY_NAME[activation]
    try:
        return keras.activations.get(activation)
    except ValueError:
        raise ValueError(
            f"Expected an activation: one of {', '.join(_BY_NAME)}, a name of "
            "keras.activations, a function of a tensor, or None. "
            f"Received: {activation!r}."
        ) from None


def serialize(function):
    """A function that `get` returned to what `get` takes: the name if it has one."""
    name = getattr(function, "__name__", None)
    if _BY_NAME.get(name) is function:
        return name
    return keras.activations.serialize(function)
