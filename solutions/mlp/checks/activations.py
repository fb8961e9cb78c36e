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


class SigmoidOfLargeInputs(Check):
    name = "activations/large-inputs"

    def inputs(self, rng):
        return {"x": rng.uniform(200.0, 1000.0, 6) * np.repeat([-1.0, 1.0], 3)}

    @staticmethod
    def run(student, x):
        return student.sigmoid(x)

    def mark(self, result, inputs):
        difference = compare(result, sigmoid(inputs["x"]))
        look_at = "look for infinity divided by infinity at |x| of several hundred."
        return verdict(told("`sigmoid`", difference, look_at))


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
    SigmoidOfLargeInputs(),
]
