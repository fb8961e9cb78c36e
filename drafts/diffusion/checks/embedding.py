"""Problem 3: sines and cosines of the steps."""

import numpy as np

from autograder.checks import Check

from .common import array, verdict

DIM, BATCH = 8, 6


def waves(t, period):
    """By a slow loop: (steps, columns)."""
    rows = []
    for step in t:
        angles = [step * period ** (-i / (DIM // 2)) for i in range(DIM // 2)]
        rows.append([*np.sin(angles), *np.cos(angles)])
    return np.array(rows)


class Embedding(Check):
    question = "embedding/steps"

    def inputs(self, rng):
        t = rng.choice(np.arange(1, 400), BATCH, replace=False)
        t[rng.integers(BATCH)] = 0
        return {"t": t, "dim": DIM, "period": float(rng.uniform(20, 90))}

    @staticmethod
    def run(student, t, dim, period):
        embedding = student.timestep_embedding
        return [embedding(t, dim), embedding(t, dim, period)]

    def mark(self, result, inputs):
        own = [array(each) for each in result]
        if any(each is None or each.ndim != 2 for each in own):
            return verdict("`timestep_embedding` gives no matrix of finite numbers.")
        own = [each.T if each.shape == (DIM, BATCH) else each for each in own]
        if any(len(each) != BATCH for each in own) and self.name != Shape.name:
            return verdict(None)  # the idea of another check
        return verdict(self.wrong(own, **inputs))

    @staticmethod
    def near(own, expected):
        return own.shape == expected.shape and np.allclose(own, expected, atol=2e-3)

    def missing(self, own, expected):
        """The number of expected columns that are nowhere in the student's."""
        distances = np.abs(own[:, :, None] - expected[:, None, :]).max(axis=0)
        return int(np.sum(distances.min(axis=0) > 2e-3))


class Shape(Embedding):
    name = "embedding/shape"
    weight = 0.5

    def mark(self, result, inputs):
        own = array(result[0])
        shape = None if own is None else own.shape
        if shape == (BATCH, DIM):
            return verdict(None)
        return verdict(
            f"`timestep_embedding` of {BATCH} steps with dim {DIM} has shape {shape}, "
            f"expected ({BATCH}, {DIM}): half of the columns are sines."
        )


class Frequencies(Embedding):
    name = "embedding/frequencies"

    def wrong(self, own, t, **inputs):
        missing = self.missing(own[0], waves(t, 10_000.0))
        if missing:
            return (
                f"`timestep_embedding` lacks {missing} of the {DIM} waves: look at the "
                f"exponent. The first frequency is 1; what is the last one?"
            )


class Order(Embedding):
    """If all waves are there; else at step 0 alone."""

    name = "embedding/sines-then-cosines"
    weight = 0.5

    def wrong(self, own, t, **inputs):
        expected = waves(t, 10_000.0)
        rows = np.asarray(t) == 0
        if own[0].shape == expected.shape and not self.missing(own[0], expected):
            rows[:] = True
        halves = np.repeat([0.0, 1.0], own[0].shape[1] // 2)[None]
        right = expected if rows.all() else halves
        if not self.near(own[0][rows], right):
            return (
                "`timestep_embedding` has its columns in another order: all sines "
                "first, then all cosines, the frequency 1 first in each half."
            )


class Period(Embedding):
    name = "embedding/period"
    weight = 0.5

    def wrong(self, own, **inputs):
        if self.near(own[0], own[1]):
            return "`timestep_embedding` is the same for another period: use `period`."


checks = [Shape(), Frequencies(), Order(), Period()]
