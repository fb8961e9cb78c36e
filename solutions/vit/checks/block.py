"""Problem 8: an encoder block; its norm is in norm.py."""

import math

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, nearest, told, verdict


def gelus(x):
    """The exact GELU and its approximation."""
    x = np.asarray(x, "float64")
    exact = 0.5 * x * (1.0 + np.vectorize(math.erf)(x / math.sqrt(2.0)))
    inner = math.sqrt(2.0 / math.pi) * (x + 0.044715 * x**3)
    return [exact, 0.5 * x * (1.0 + np.tanh(inner))]


class FeedForward(Check):
    question = "block/feed-forward"

    def inputs(self, rng):
        return {
            "x": rng.normal(size=(2, 5, 4)),
            "w_1": 0.5 * rng.normal(size=(4, 6)),
            "b_1": 20.0 + rng.normal(size=6),  # far above 0, gelu(x) is x
            "w_2": rng.normal(size=(6, 4)),
            "b_2": rng.normal(size=4),
            "units": 1.5 * rng.normal(size=(2, 5, 4)),
            "to_units": [np.eye(4, 6), np.zeros(6), np.eye(6, 4), np.zeros(4)],
        }

    @staticmethod
    def run(student, x, w_1, b_1, w_2, b_2, units, to_units):
        return {
            "linear": student.feed_forward(x, w_1, b_1, w_2, b_2),
            "units": student.feed_forward(units, *to_units),
        }


class TwoMatrices(FeedForward):
    name = "block/feed-forward-matrices"

    def mark(self, result, inputs):
        x, w_1, b_1, w_2, b_2 = (
            np.asarray(inputs[n], "float64") for n in ("x", "w_1", "b_1", "w_2", "b_2")
        )
        difference = compare(result["linear"], (x @ w_1 + b_1) @ w_2 + b_2, 1e-3)
        look_at = (
            "with inputs of the units so large that GELU leaves them as they are. Look "
            "at both products, both biases, and at what comes last."
        )
        return verdict(told("`feed_forward`", difference, look_at))


class Gelu(FeedForward):
    name = "block/gelu"

    def mark(self, result, inputs):
        difference = nearest(result["units"], gelus(inputs["units"]), 1e-3)
        look_at = "with both matrices the identity it is the GELU of each feature."
        return verdict(told("`feed_forward`", difference, look_at))


class Steps(Check):
    """The four parts write down what they receive and what they return."""

    question = "block/steps"

    def inputs(self, rng):
        return {"x": rng.normal(size=(2, 5, 4))}

    @staticmethod
    def run(student, x):
        calls = []

        def part(name, function):
            def recorded(x):
                result = function(np.asarray(ops.convert_to_numpy(x)))  # noqa: F821
                calls.append([name, x, result])
                arrays = isinstance(x, np.ndarray)
                return result if arrays else ops.convert_to_tensor(result)  # noqa: F821

            return recorded

        parts = [
            part("norm_1", lambda x: 0.5 * x - 1.0),
            part("attend", lambda x: 0.3 * x * x + 2.0),
            part("norm_2", lambda x: 0.2 * x + 0.7),
            part("feed", lambda x: 1.5 - 0.4 * x * x),
        ]
        return {"y": student.encoder_block(x, *parts), "calls": calls[:20]}

    def mark(self, result, inputs):
        calls = [(name, array(x), array(y)) for name, x, y in result["calls"]]
        halves = {}
        for part in ("attend", "feed"):
            own = [(x, y) for name, x, y in calls if name == part]
            if not own or own[0][0] is None or own[0][1] is None:
                return verdict(f"`encoder_block` does not call {part}, or in vain.")
            received, returned = own[0]
            # Where a norm made what it received, the half starts before the norm.
            norms = [call for call in calls if "norm" in call[0]]
            made = [(name, x) for name, x, y in norms if same(y, received)]
            norm, start = made[0] if made else ("none", received)
            halves[part] = {"norm": norm, "start": start, "returned": returned}
        return self.judge(halves, inputs["x"], array(result["y"]))


def same(one, other):
    return one is not None and other is not None and compare(one, other, 1e-3) is None


class NormFirst(Steps):
    name = "block/norm-before-each-part"

    def judge(self, halves, x, y):
        for part, norm in (("attend", "norm_1"), ("feed", "norm_2")):
            if halves[part]["norm"] != norm:
                return verdict(
                    f"`encoder_block`: {part} does not receive what {norm} returned. "
                    f"Pre-norm means that each part looks at a normalised copy."
                )
        return Verdict(1.0)


class FirstSum(Steps):
    name = "block/attention-added-to-its-input"

    def judge(self, halves, x, y):
        if same(halves["feed"]["start"], x + halves["attend"]["returned"]):
            return Verdict(1.0)
        return verdict(
            "`encoder_block`: the half with feed does not start from x plus what "
            "attend returned. Attention comes first, and what it returns is added to x "
            "itself, not to its normalised copy."
        )


class SecondSum(Steps):
    """What comes last is added to what its half started from."""

    name = "block/feed-added-to-its-input"

    def judge(self, halves, x, y):
        if any(same(y, half["start"] + half["returned"]) for half in halves.values()):
            return Verdict(1.0)
        return verdict(
            "`encoder_block` does not return u plus what feed returned: look at what "
            "the second half starts from, and at what comes last."
        )


checks = [
    TwoMatrices(),
    Gelu(),
    NormFirst(),
    FirstSum(),
    SecondSum(),
]
