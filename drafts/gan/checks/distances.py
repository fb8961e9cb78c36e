"""Problem 7: distances between two samples."""

from itertools import permutations

import numpy as np

from autograder.checks import Check, SameValues, compare

from .common import number, numbers, told, verdict


def cheapest(x, y):
    """The cheapest of all plans, tried one by one."""
    plans = permutations(range(len(y)))
    return min(np.mean(np.abs(x - y[list(plan)])) for plan in plans)


def some_numbers(rng):
    """One sample is wider on both sides, so that its mean says little."""
    wide = np.append(rng.normal(0.5, 1, 4), [rng.uniform(-5, -4), rng.uniform(4, 5)])
    return rng.normal(size=6), rng.permutation(wide)


def some_points(rng):
    a, b = rng.normal(size=(4, 2)), rng.normal(size=(3, 2))
    return a, b, float(rng.uniform(0.6, 1.6))


def similarities(a, b, bandwidth):
    table = np.zeros((len(a), len(b)))
    for i, j in np.ndindex(table.shape):
        table[i, j] = np.exp(-np.sum((a[i] - b[j]) ** 2) / (2 * bandwidth**2))
    return table


class Discrepancy(Check):
    """With a kernel of the check's, and with one that knows equal points better."""

    question = "distances/discrepancy"

    def inputs(self, rng):
        shift = float(rng.uniform(0.5, 1))
        return {"x": rng.normal(size=(5, 2)), "y": rng.normal(shift, 1, (3, 2))}

    @staticmethod
    def run(student, x, y):
        from keras import ops

        def squares(a, b):
            return ops.sum(ops.square(a[:, None] - b[None]), axis=2)

        def smooth(a, b):
            return 1.0 / (1.0 + squares(a, b))

        def pointed(a, b):
            return smooth(a, b) + 2.0 * ops.cast(squares(a, b) < 1e-8, "float32")

        return [student.mmd_squared(x, y, kernel) for kernel in (smooth, pointed)]


def means(x, y):
    """Within x, within y and between, with the sums of all and without the diagonal."""

    def similarity(a, b):
        return np.array([[1 / (1 + np.sum((s - t) ** 2)) for t in b] for s in a])

    within = [similarity(each, each) for each in (x, y)]
    others = [(k.sum() - np.trace(k)) / (len(k) * (len(k) - 1)) for k in within]
    return [k.mean() for k in within], others, similarity(x, y).mean()


class Value(Discrepancy):
    """Unbiased, or biased: whether the diagonal counts is another check's idea."""

    name = "distances/discrepancy"

    def mark(self, result, inputs):
        every, others, between = means(inputs["x"], inputs["y"])
        own = number(result[0])
        if own is None:
            return verdict("`mmd_squared` is not one finite number.")
        biased = sum(every) - 2 * between
        if compare(own, biased, 1e-3) is None:
            return verdict(None)
        difference = compare(own, sum(others) - 2 * between, 1e-3)
        look_at = "two means within, twice the mean between; look at what divides."
        return verdict(told("`mmd_squared`", difference, look_at))


class OthersOnly(Discrepancy):
    """How similar a point is to itself does not matter."""

    name = "distances/without-the-diagonal"
    weight = 0.5

    def mark(self, result, inputs):
        own = numbers(result)
        if own is not None and abs(own[0] - own[1]) < 1e-4:
            return verdict(None)
        return verdict(
            "`mmd_squared` counts pairs of a point with itself: leave out the diagonal "
            "within x and within y."
        )


checks = [
    SameValues(
        "distances/wasserstein",
        "wasserstein",
        some_numbers,
        cheapest,
        "both in their order, then the mean way.",
    ),
    SameValues(
        "distances/kernel",
        "rbf_kernel",
        some_points,
        similarities,
        "each point of a with each of b; the squared distance over 2 h^2.",
    ),
    Value(),
    OthersOnly(),
]
