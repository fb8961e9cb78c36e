"""Problem 1: a kernel smoother."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import (
    array,
    centred,
    cut_off,
    factor,
    log_kernel,
    softmax,
    sums_to_one,
    told,
    verdict,
)


def squared_distances(queries, keys):
    """By a slow loop, in float64."""
    table = np.zeros((len(queries), len(keys)))
    for q, query in enumerate(np.asarray(queries, "float64")):
        for k, key in enumerate(np.asarray(keys, "float64")):
            table[q, k] = sum((a - b) ** 2 for a, b in zip(query, key, strict=True))
    return table


class Weights(Check):
    question = "smoother/weights"

    def inputs(self, rng):
        return {
            "queries": 0.7 * rng.normal(size=(5, 3)),
            "keys": 0.7 * rng.normal(size=(4, 3)),
            "thetas": [1.0, float(rng.uniform(1.4, 1.6))],
        }

    @staticmethod
    def run(student, queries, keys, thetas):
        return [student.smoothing_weights(queries, keys, theta) for theta in thetas]

    def kernel(self, inputs):
        """The logarithm of the kernel for theta = 1, centred."""
        return centred(-squared_distances(inputs["queries"], inputs["keys"]))


class WeightsSumToOne(Weights):
    name = "smoother/weights-of-a-query-sum-to-1"

    def mark(self, result, inputs):
        weights = array(result[1])
        if weights is None or weights.shape != (5, 4):
            shape = None if weights is None else weights.shape
            return verdict(
                f"`smoothing_weights` of 5 queries and 4 keys has shape {shape}: a row "
                f"per query, a column per key."
            )
        difference = compare(weights.sum(axis=1), np.ones(5), 1e-3)
        look_at = "which axis is that of the keys?"
        text = "The sums of a query's weights are not 1; their array"
        return verdict(told(text, difference, look_at))


class Kernel(Weights):
    """With theta 1, so that its square is another check's idea."""

    name = "smoother/kernel"

    def mark(self, result, inputs):
        found = log_kernel(result[0])
        if found is None:
            return verdict(
                "`smoothing_weights` has the wrong shape, or weights that are not "
                "above 0: a Gaussian kernel is never 0 for near keys."
            )
        difference = compare(found, self.kernel(inputs), 1e-3)
        look_at = "look at the squares, at the sum over the features and at the sign."
        return verdict(told("The logarithm of the kernel", difference, look_at))


class Theta(Weights):
    """Whatever the kernel is for theta 1, theta squared multiplies its logarithm."""

    name = "smoother/theta"

    def mark(self, result, inputs):
        one, other = map(log_kernel, result)
        if one is None or np.abs(one).max() < 1e-3:
            return verdict("`smoothing_weights` has no kernel to judge theta by.")
        theta = inputs["thetas"][1]
        found = factor(other, one)
        if found is not None and abs(found - theta**2) < 1e-2:
            return Verdict(1.0)
        return verdict(
            f"With theta {theta:.2f} in place of 1 the logarithm of the kernel is not "
            f"theta squared times as large: where does theta stand?"
        )


class FarQueries(Check):
    name = "smoother/far-queries"

    def inputs(self, rng):
        queries = 0.5 * rng.normal(size=(5, 3))
        queries[:3, 0] += 40.0 * rng.choice([-1, 1])
        return {"queries": queries, "keys": 0.5 * rng.normal(size=(4, 3))}

    @staticmethod
    def run(student, queries, keys):
        return student.smoothing_weights(queries, keys, 1.0)

    def mark(self, result, inputs):
        weights = array(result)
        if weights is not None and sums_to_one(weights, (-1, 0, None)):
            if not cut_off(weights):
                return Verdict(1.0)
            return verdict(
                "The weights of a query 40 units away from all keys are all alike, "
                "though some keys are nearer: its exponents must not be cut off."
            )
        what = "are not finite" if weights is None else "do not sum to 1"
        return verdict(
            f"The weights of queries 40 units away from all keys {what}: there exp "
            f"rounds to 0 for every key. What may be added to a query's exponents?"
        )


class Mean(Check):
    """The values' mean with the student's own weights, or with the right ones."""

    name = "smoother/mean-of-the-values"

    def inputs(self, rng):
        return {
            "queries": 0.7 * rng.normal(size=(5, 3)),
            "keys": 0.7 * rng.normal(size=(4, 3)),
            "values": rng.normal(size=(4, 2)),
            "theta": float(rng.uniform(1.2, 1.6)),
        }

    @staticmethod
    def run(student, queries, keys, values, theta):
        return {
            "mean": student.kernel_smoother(queries, keys, values, theta),
            "weights": student.smoothing_weights(queries, keys, theta),
        }

    def mark(self, result, inputs):
        queries, keys, values = (inputs[n] for n in ("queries", "keys", "values"))
        scores = -(inputs["theta"] ** 2) * squared_distances(queries, keys)
        difference = compare(result["mean"], softmax(scores) @ values, 1e-3)
        own = array(result["weights"])
        if difference and own is not None and own.shape == (5, 4):
            difference = compare(result["mean"], own @ values, 1e-3) and difference
        look_at = "each row is the sum of weight times value over the keys."
        return verdict(told("`kernel_smoother`", difference, look_at))


checks = [WeightsSumToOne(), Kernel(), Theta(), FarQueries(), Mean()]
