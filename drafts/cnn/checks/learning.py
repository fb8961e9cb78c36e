"""Problem 3: the gradient of a filter, and learning it."""

import numpy as np

from autograder.checks import Check, Verdict, compare, finite_differences

from .common import array, told, verdict
from .images import correlation


def error(image, target, kernel):
    return float(np.mean((correlation(image, kernel) - target) ** 2))


class Gradient(Check):
    """Any multiple of the gradient: its factor is another check's idea."""

    name = "learning/gradient"
    weight = 2.0

    def inputs(self, rng):
        return {
            "image": rng.random((7, 9)),
            "target": rng.random((5, 8)),
            "kernel": rng.normal(size=(3, 2)),
        }

    @staticmethod
    def run(student, image, target, kernel):
        return student.filter_gradient(image, target, kernel)

    def mark(self, result, inputs):
        image, target = inputs["image"], inputs["target"]
        expected = finite_differences(
            lambda kernel: error(image, target, kernel), inputs["kernel"]
        )
        own = array(result)
        if own is None or own.shape != expected.shape or not own.any():
            shape = None if own is None else own.shape
            return verdict(
                f"`filter_gradient` gives an array of shape {shape} for a filter of "
                f"shape {expected.shape}: a slope, not always 0, per number of it."
            )
        factor = np.sum(own * expected) / np.sum(own * own)
        difference = compare(factor * own, expected, 1e-3)
        look_at = (
            "compared with differences of E, whatever the factor. Look at which pixel "
            "each error is multiplied with, and at the errors themselves."
        )
        return verdict(told("`filter_gradient`", difference, look_at))


class GradientFactor(Check):
    """A filter of one number: there is nothing but a factor to get wrong."""

    name = "learning/gradient-factor"

    def inputs(self, rng):
        return {
            "image": rng.random((7, 9)),
            "target": np.zeros((7, 9)),
            "kernel": np.array([[rng.uniform(1.5, 2.5)]]),
        }

    @staticmethod
    def run(student, image, target, kernel):
        return student.filter_gradient(image, target, kernel)

    def mark(self, result, inputs):
        image, target = inputs["image"], inputs["target"]
        expected = finite_differences(
            lambda kernel: error(image, target, kernel), inputs["kernel"]
        )
        own = array(result)
        difference = compare(own, expected, 1e-3)
        if difference and own is not None and own.size == 1 and own.any():
            times = own.ravel()[0] / expected[0, 0]
            difference = f"is {times:.3g} times as large as it should be"
        look_at = "look at the sign, at the mean over the places, and at the 2."
        return verdict(told("`filter_gradient` of a 1 x 1 filter", difference, look_at))


class Learned(Check):
    question = "learning/filters"

    def inputs(self, rng):
        image = rng.random((14, 11))
        three, two = rng.uniform(-1, 1, (3, 3)), rng.uniform(-1, 1, (2, 2))
        return {
            "image": image,
            "three": three,
            "two": two,
            "targets": [correlation(image, three), correlation(image, two)],
        }

    @staticmethod
    def run(student, image, targets):
        learned = []
        for target, size in zip(targets, (3, 2), strict=True):
            learned.append(student.learn_filter(image, target, size))
        return learned


class Recovers(Learned):
    name = "learning/finds-the-filter"
    weight = 2.0

    def mark(self, result, inputs):
        own = array(result[0])
        if own is None or own.shape != (3, 3):
            return verdict("`learn_filter` gives no 3 x 3 numbers for size 3.")
        off = float(np.abs(own - inputs["three"]).max())
        if off <= 0.05:
            return Verdict(1.0)
        return verdict(
            f"`learn_filter` is {off:.2g} off the filter that made the target: train "
            f"longer, and look at the rate and at the gradient."
        )


class Size(Learned):
    name = "learning/size"
    weight = 0.5

    def mark(self, result, inputs):
        shape = np.shape(result[1])  # also where training went to infinity
        if shape == (2, 2):
            return Verdict(1.0)
        return verdict(
            f"`learn_filter` gives shape {shape} for size 2: the filter has `size` "
            f"rows and columns."
        )


checks = [Gradient(), GradientFactor(), Recovers(), Size()]
