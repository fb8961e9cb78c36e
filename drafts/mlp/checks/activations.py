"""Problem 1: activations and their derivatives."""

import numpy as np

from autograder.checks import Check, SameValues, compare, finite_differences

from .common import told, verdict


def away_from_zero(rng):
    """Random values whose distance from 0, where ReLUs have a kink, is 0.1 or more."""
    signs = np.where(rng.random((3, 4, 2)) < 0.5, -1.0, 1.0)
    return (signs * rng.uniform(0.1, 4.0, (3, 4, 2)),)


def with_slope(rng):
    return (*away_from_zero(rng), float(rng.uniform(0.1, 0.6)))


def with_alpha(rng):
    return (*away_from_zero(rng), float(rng.uniform(0.3, 0.7)))


def each(function):
    """A function of one number to a function of arrays, by a slow loop."""

    def of_arrays(x, *rest):
        values = [function(float(number), *rest) for number in np.ravel(x)]
        return np.reshape(values, np.shape(x))

    return of_arrays


def slopes(function):
    """The derivative of an elementwise function, by finite differences."""

    def derivative(x, *rest):
        return finite_differences(lambda x: float(np.sum(function(x, *rest))), x)

    return derivative


sigmoid = each(lambda s: 0.5 * (1.0 + np.tanh(0.5 * s)))
relu = each(lambda s: s if s > 0 else 0.0)
leaky_relu = each(lambda s, slope: s if s > 0 else slope * s)
elu = each(lambda s, alpha: s if s > 0 else alpha * np.expm1(s))
softplus = each(lambda s: np.logaddexp(0.0, s))


class LargeInputs(Check):
    def __init__(self, name, function, reference, look_at):
        self.name, self.function = name, function
        self.reference, self.look_at = reference, look_at

    def inputs(self, rng):
        x = rng.uniform(200.0, 1000.0, 6) * np.repeat([-1.0, 1.0], 3)
        return {"x": x, "function": self.function}

    @staticmethod
    def run(student, x, function):
        return getattr(student, function)(x)

    def mark(self, result, inputs):
        difference = compare(result, self.reference(inputs["x"]))
        return verdict(told(f"`{self.function}`", difference, self.look_at))


checks = [
    SameValues(
        "activations/sigmoid",
        "sigmoid",
        away_from_zero,
        sigmoid,
        "each element is 1 / (1 + exp(-x)) of itself; look at the sign and for sums.",
    ),
    SameValues(
        "activations/sigmoid-derivative",
        "sigmoid_derivative",
        away_from_zero,
        slopes(sigmoid),
        "compared with differences of the sigmoid at the same x. The argument is the "
        "unit's input: work out f(x) before f (1 - f).",
    ),
    SameValues(
        "activations/relu",
        "relu",
        away_from_zero,
        relu,
        "look at which side of 0 passes through unchanged.",
    ),
    SameValues(
        "activations/relu-derivative",
        "relu_derivative",
        away_from_zero,
        slopes(relu),
        "compared with differences of the ReLU. Look at the slope on each side of 0.",
    ),
    SameValues(
        "activations/leaky-relu",
        "leaky_relu",
        with_slope,
        leaky_relu,
        "look at the values below 0, and whether `slope` is used.",
    ),
    SameValues(
        "activations/leaky-relu-derivative",
        "leaky_relu_derivative",
        with_slope,
        slopes(leaky_relu),
        "compared with differences of the leaky ReLU: below 0 it still rises.",
    ),
    LargeInputs(
        "activations/large-inputs",
        "sigmoid",
        sigmoid,
        "look for infinity divided by infinity at |x| of several hundred.",
    ),
    SameValues(
        "activations/elu",
        "elu",
        with_alpha,
        elu,
        "look at the values below 0: an exponential, less 1, times `alpha`.",
    ),
    SameValues(
        "activations/elu-derivative",
        "elu_derivative",
        with_alpha,
        slopes(elu),
        "compared with differences of the ELU: below 0 it still rises, ever less.",
    ),
    SameValues(
        "activations/softplus",
        "softplus",
        away_from_zero,
        softplus,
        "each element is the natural logarithm of 1 + exp(x).",
    ),
    SameValues(
        "activations/softplus-derivative",
        "softplus_derivative",
        away_from_zero,
        slopes(softplus),
        "compared with differences of the softplus: a smooth ReLU has a smooth step.",
    ),
    LargeInputs(
        "activations/softplus-of-large-inputs",
        "softplus",
        softplus,
        "look for the exponential of several hundred, which is infinite.",
    ),
    SameValues(
        "activations/tanh-derivative",
        "tanh_derivative",
        away_from_zero,
        slopes(np.tanh),
        "compared with differences of tanh at the same x: look at what is squared.",
    ),
    SameValues(
        "activations/arctan-derivative",
        "arctan_derivative",
        away_from_zero,
        slopes(np.arctan),
        "compared with differences of arctan at the same x.",
    ),
]
