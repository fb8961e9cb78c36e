"""Problem 5: deltas, corrections, update."""

import numpy as np

from autograder.checks import Check, SameValues, Verdict, compare, finite_differences

from .common import array, sizes, told, verdict
from .forward import activation


def slope_of_activation(s):
    return (1.0 - s * s) / (1.0 + s * s) ** 2


class Deltas(Check):
    question = "backpropagation/deltas"

    def inputs(self, rng):
        b, n, p, m = sizes(rng, 4)
        v, v0, w, w0 = (rng.normal(size=s) for s in ((n, p), (p,), (p, m), (m,)))
        z_in = rng.normal(size=(b, n)) @ v + v0
        y_in = activation(z_in) @ w + w0
        return {
            "weights": [v, v0, w, w0],
            "signals": [z_in, activation(z_in), y_in, activation(y_in)],
            "targets": rng.normal(size=(b, m)),
        }

    @staticmethod
    def run(student, weights, signals, targets):
        def derivative(s):
            return (1.0 - s * s) / ((1.0 + s * s) * (1.0 + s * s))

        return list(student.deltas(tuple(weights), targets, tuple(signals), derivative))


class DeltaOutput(Deltas):
    name = "backpropagation/delta-output"

    def mark(self, result, inputs):
        targets, y_in = inputs["targets"], inputs["signals"][2]

        def error(y_in):
            return 0.5 * np.sum((targets - activation(y_in)) ** 2)

        expected = -finite_differences(error, y_in)
        difference = compare(result[0], expected)
        if difference and compare(-np.asarray(result[0]), expected) is None:
            difference = "has the wrong sign"
        look_at = (
            "compared with differences of E along y_in. Look at t - y, and at what the "
            "derivative is applied to."
        )
        return verdict(told("`deltas`: delta_output", difference, look_at))


class DeltaHidden(Deltas):
    """Right, or what follows from the student's own delta_output."""

    name = "backpropagation/delta-hidden"

    def mark(self, result, inputs):
        _, _, w, w0 = inputs["weights"]
        z_in, _, y_in, _ = inputs["signals"]

        def error(z_in):
            y = activation(activation(z_in) @ w + w0)
            return 0.5 * np.sum((inputs["targets"] - y) ** 2)

        difference = compare(result[1], -finite_differences(error, z_in))
        own = array(result[0])
        if own is not None and own.shape == y_in.shape and np.abs(own).max() > 1e-2:
            follows = (own @ w.T) * slope_of_activation(z_in)
            difference = difference and compare(result[1], follows)
        look_at = (
            "it does not follow from your delta_output. Look at the sum over the "
            "output units and at the derivative, which is taken at z_in."
        )
        return verdict(told("`deltas`: delta_hidden", difference, look_at))


NAMES = ("dv", "dv0", "dw", "dw0")


class Corrections(Check):
    """Direction, learning rate and mean are three ideas: each is looked at alone."""

    question = "backpropagation/corrections"

    def inputs(self, rng):
        b, n, p, m = (size + 1 for size in sizes(rng, 4))
        return {
            "x": rng.normal(size=(b, n)),
            "z": rng.normal(size=(b, p)),
            "delta_output": rng.normal(size=(b, m)),
            "delta_hidden": rng.normal(size=(b, p)),
            "rates": [float(rng.uniform(0.55, 0.65)), float(rng.uniform(0.75, 0.85))],
        }

    @staticmethod
    def run(student, x, z, delta_output, delta_hidden, rates):
        given = (x, z, delta_output, delta_hidden)
        return [list(student.corrections(*given, rate)) for rate in rates]

    def expected(self, inputs):
        """dv, dv0, dw, dw0 for a learning rate of 1, by slow loops."""
        x, z = inputs["x"], inputs["z"]
        outer = [(x, inputs["delta_hidden"]), (z, inputs["delta_output"])]
        parts = []
        for signals, deltas in outer:
            pairs = list(zip(signals, deltas, strict=True))
            weight = sum(np.outer(signal, delta) for signal, delta in pairs)
            parts += [weight / len(x), sum(delta for _, delta in pairs) / len(x)]
        return parts

    def factors(self, parts, inputs):
        """Per part: by what number it is a multiple of the expected one, or None."""
        found = []
        for part, expected in zip(
            map(array, parts), self.expected(inputs), strict=True
        ):
            found.append(None)
            if part is not None and part.shape == expected.shape:
                factor = np.sum(part * expected) / np.sum(expected**2)
                if abs(factor) > 1e-6 and not compare(part / factor, expected, 1e-3):
                    found[-1] = factor
        return found

    def misdirected(self, result, inputs, numbers, look_at):
        found, expected = self.factors(result[0], inputs), self.expected(inputs)
        for number in numbers:
            if found[number] is None:
                part = array(result[0][number])
                shape = None if part is None else part.shape
                what = "is no multiple of the right one"
                if shape != expected[number].shape:
                    what = f"has shape {shape}, expected {expected[number].shape}"
                return verdict(f"`corrections`: {NAMES[number]} {what}: {look_at}")
        return Verdict(1.0)


class WeightCorrections(Corrections):
    name = "backpropagation/weight-corrections"

    def mark(self, result, inputs):
        look_at = (
            "each element pairs one unit's signal with one delta, once, and sums over "
            "the examples of the batch."
        )
        return self.misdirected(result, inputs, (0, 2), look_at)


class BiasCorrections(Corrections):
    name = "backpropagation/bias-corrections"

    def mark(self, result, inputs):
        look_at = "a bias is a weight of a signal that is always 1: one per unit."
        return self.misdirected(result, inputs, (1, 3), look_at)


class LearningRate(Corrections):
    name = "backpropagation/learning-rate"

    def mark(self, result, inputs):
        slow, fast = (self.factors(parts, inputs) for parts in result)
        pairs = [pair for pair in zip(slow, fast, strict=True) if None not in pair]
        if not pairs:
            return verdict("`corrections`: no part has the right direction to judge.")
        if any(factor < 0 for factor, _ in pairs):
            return verdict(
                "`corrections` goes uphill: delta already contains the minus of "
                "gradient descent, and step 8 adds the correction."
            )
        ratio = inputs["rates"][1] / inputs["rates"][0]
        if any(abs(b / a - ratio) > 1e-2 for a, b in pairs):
            return verdict(
                "`corrections` does not grow in proportion to the learning rate: look "
                "at each of the four parts."
            )
        return Verdict(1.0)


class BatchMean(Corrections):
    name = "backpropagation/batch-mean"

    def mark(self, result, inputs):
        rate, batch = inputs["rates"][0], len(inputs["x"])
        found = [factor for factor in self.factors(result[0], inputs) if factor]
        # A wrong sign and a forgotten learning rate are another check's idea.
        scales = [abs(factor) / rate for factor in found if abs(abs(factor) - 1) > 1e-2]
        wrong = [scale for scale in scales if abs(scale - 1) > 1e-2]
        if found and not wrong:
            return Verdict(1.0)
        if not found:
            return verdict("`corrections`: no part has the right direction to judge.")
        return verdict(
            f"`corrections` is {wrong[0]:.2g} times as large as it should be for a "
            f"batch of {batch}: the correction is the mean over the examples."
        )


def weights_and_corrections(rng):
    n, p, m = sizes(rng, 3)
    shapes = ((n, p), (p,), (p, m), (m,))
    return [[rng.normal(size=shape) for shape in shapes] for _ in range(2)]


update = SameValues(
    "backpropagation/update",
    "update",
    weights_and_corrections,
    lambda old, change: [a + b for a, b in zip(old, change, strict=True)],
    "step 8 adds each correction to its own weight, in the same order.",
    weight=0.5,
)


checks = [
    DeltaOutput(),
    DeltaHidden(),
    WeightCorrections(),
    BiasCorrections(),
    LearningRate(),
    BatchMean(),
    update,
]
