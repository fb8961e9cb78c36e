"""Problem 1: reconstruction losses.

Values are looked at one example at a time and up to a common factor: the batch axis
and the sum over pixels are ideas of their own.
"""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, factor, numbers, told, verdict


def squared_error(x, other):
    return np.array([sum((a - b) ** 2) for a, b in zip(x, other, strict=True)])


def binary_cross_entropy(x, logits):
    terms = np.logaddexp(0.0, logits) - x * logits
    return np.array([sum(row) for row in terms])


class Loss(Check):
    """A loss of single examples, of a batch, and of a batch of images."""

    weight = 0.5

    def __init__(self, idea, reference, look_at):
        title = {squared_error: "squared-error", binary_cross_entropy: "cross-entropy"}
        self.name = f"losses/{title[reference]}{idea}"
        self.question = f"losses/{reference.__name__}"
        self.function, self.reference = reference.__name__, reference
        self.look_at = look_at

    def inputs(self, rng):
        x, other = rng.random((4, 6)), 2 * rng.normal(size=(4, 6))
        return {
            "function": self.function,
            "x": x,
            "other": other,
            # Slicing is for JAX another program at each place: it is done here.
            "alone": [[x[i : i + 1], other[i : i + 1]] for i in range(4)],
            "images": [x.reshape(4, 3, 2, 1), other.reshape(4, 3, 2, 1)],
        }

    @staticmethod
    def run(student, function, x, other, alone, images):
        loss = getattr(student, function)
        return {
            "alone": [loss(*pair) for pair in alone],
            "(4, 6)": loss(x, other),
            "(4, 3, 2, 1)": loss(*images),
        }

    def mark(self, result, inputs):
        expected = self.reference(inputs["x"], inputs["other"])
        subject, difference = self.wrong(result, expected)
        return verdict(told(f"`{self.function}` {subject}", difference, self.look_at))


class Values(Loss):
    weight = 1.0

    def wrong(self, result, expected):
        parts = [array(value) for value in result["alone"]]
        if any(part is None for part in parts):
            return "of one example", "is not of finite numbers"
        own = np.array([part.sum() for part in parts])
        right = factor(own, expected) is not None and factor(own, expected) > 0
        return "of one example", None if right else "is no multiple of the right one"


class Sum(Loss):
    def wrong(self, result, expected):
        own = numbers(result["alone"])
        if own is None:
            return "of one example", "is not one number"
        scale = factor(own, expected)
        # A sign, or another formula, is another check's idea.
        if scale is None or abs(abs(scale) - 1.0) < 1e-3:
            return "", None
        words = f"is {abs(scale):.3g} times the sum over its 6 pixels"
        return "of one example", words


class PerExample(Loss):
    def wrong(self, result, expected):
        alone = numbers(result["alone"])
        if alone is None:
            return "of one example", "is not one number"
        for part in ("(4, 6)", "(4, 3, 2, 1)"):
            if difference := compare(result[part], alone):
                return f"of shape {part}", difference
        return "", None


class LargeLogits(Check):
    name = "losses/large-logits"

    def inputs(self, rng):
        signs = np.repeat([-1.0, 1.0], 3)
        x = rng.permutation(np.array([0.0, 1.0, 0.5, 0.0, 1.0, 0.5]))
        return {"x": x[None], "logits": (signs * rng.uniform(150, 900, 6))[None]}

    @staticmethod
    def run(student, x, logits):
        return student.binary_cross_entropy(x, logits)

    def mark(self, result, inputs):
        expected = binary_cross_entropy(inputs["x"], inputs["logits"])[0]
        value = array(result)
        look_at = "with |l| of several hundred, use the form without p."
        if value is None:
            return verdict(f"`binary_cross_entropy` is not finite: {look_at}")
        # Sign, sum or mean are other checks' ideas.
        for scale in (1.0, 6.0):
            if abs(scale * abs(value.sum()) / expected - 1.0) < 1e-3:
                return Verdict(1.0)
        return verdict(f"`binary_cross_entropy` is not right: {look_at}")


PIXELS = "look at what is added up, and whether a mean is taken."
EXAMPLES = (
    "it is one number for each, the same as for that example alone. Sum over all axes "
    "but the first."
)
SQUARES = "it is made of the squares of the differences."
COINS = (
    "look at the sign, at what x multiplies, and whether logits are taken for "
    "probabilities."
)


checks = [
    Values("", squared_error, SQUARES),
    Sum("-sum", squared_error, PIXELS),
    PerExample("-per-example", squared_error, EXAMPLES),
    Values("", binary_cross_entropy, COINS),
    Sum("-sum", binary_cross_entropy, PIXELS),
    PerExample("-per-example", binary_cross_entropy, EXAMPLES),
    LargeLogits(),
]
