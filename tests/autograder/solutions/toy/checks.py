"""Hidden checks of the toy assignment."""

import numpy as np

from autograder.checks import Check, Limits, SameValues, Verdict

limits = Limits(
    cell_seconds=3,
    check_seconds=3,
    submission_seconds=40,
    grace_seconds=2,
    processes=64,
)


def numbers(rng):
    return (rng.normal(size=(3, 4)),)


class MeanOfEqualNumbers(Check):
    """Half of the share for half of the rows."""

    name = "mean/equal-numbers"

    def inputs(self, rng):
        value = rng.normal()
        return {"x": np.full((4, 5), value), "secret": value}

    @staticmethod
    def run(student, x):
        return student.mean(x)

    def mark(self, result, inputs):
        good = float(np.mean(np.abs(np.asarray(result) - inputs["secret"]) < 1e-4))
        if good == 1:
            return Verdict(1.0)
        return Verdict(good, "`mean` of equal numbers is not that number.")


checks = [
    SameValues(
        "double/values", "double", numbers, lambda x: 2 * x, "mind the multiplier."
    ),
    SameValues(
        "mean/values",
        "mean",
        numbers,
        lambda x: x.mean(axis=-1),
        "divide the sum over the last axis by its length.",
        weight=2,
    ),
    MeanOfEqualNumbers(),
]
