"""Problem 2: attention with learned projections."""

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


class SumsToOne(Check):
    name = "attention/weights-of-a-query-sum-to-1"

    def inputs(self, rng):
        return {
            "queries": [rng.normal(size=(5, 4)), rng.normal(size=(2, 3, 5, 4))],
            "keys": [rng.normal(size=(6, 4)), rng.normal(size=(2, 3, 6, 4))],
        }

    @staticmethod
    def run(student, queries, keys):
        pairs = zip(queries, keys, strict=True)
        return [student.attention_weights(*pair) for pair in pairs]

    def mark(self, result, inputs):
        for part, queries in zip(result, inputs["queries"], strict=True):
            weights, expected = array(part), (*queries.shape[:-1], 6)
            shape = None if weights is None else weights.shape
            if shape != expected:
                return verdict(
                    f"`attention_weights` has shape {shape}, expected {expected}: a "
                    f"row per query, a column per key, other axes as they are."
                )
            difference = compare(weights.sum(axis=-1), np.ones(expected[:-1]), 1e-3)
            look_at = "which axis is that of the keys?"
            text = f"The sums of the rows of weights {expected} are not 1; their array"
            if difference:
                return verdict(told(text, difference, look_at))
        return Verdict(1.0)


class Scores(Check):
    question = "attention/scores"

    def inputs(self, rng):
        sizes = [(5, 6, 4), (5, 6, 9)]  # queries, keys, features
        return {
            "queries": [0.6 * rng.normal(size=(q, d)) for q, k, d in sizes],
            "keys": [0.6 * rng.normal(size=(k, d)) for q, k, d in sizes],
        }

    @staticmethod
    def run(student, queries, keys):
        pairs = zip(queries, keys, strict=True)
        return [student.attention_weights(*pair) for pair in pairs]

    def factors(self, result, inputs):
        """What the dot products are multiplied by, for each number of features."""
        found = []
        for weights, q, k in zip(
            result, inputs["queries"], inputs["keys"], strict=True
        ):
            products = np.asarray(q, "float64") @ np.asarray(k, "float64").T
            found.append(factor(log_kernel(weights), centred(products)))
        return found


class DotProducts(Scores):
    name = "attention/dot-products"

    def mark(self, result, inputs):
        found = self.factors(result, inputs)
        if None not in found and min(found) > 0:
            return Verdict(1.0)
        return verdict(
            "The logarithms of `attention_weights` do not grow in proportion to the "
            "dot products of queries and keys: look at the product, the exponential "
            "and the sign."
        )


class Scale(Scores):
    name = "attention/scale"

    def mark(self, result, inputs):
        found = self.factors(result, inputs)
        if None in found:
            return verdict(
                "`attention_weights` are no softmax of dot products, so that their "
                "scale cannot be judged."
            )
        sizes = [q.shape[-1] for q in inputs["queries"]]
        for number, d in zip(found, sizes, strict=True):
            if abs(abs(number) * d**0.5 - 1) > 1e-2:
                return verdict(
                    f"With {d} features the dot products of `attention_weights` are "
                    f"scaled by a wrong number: which root of what do they go through?"
                )
        return Verdict(1.0)


class LargeScores(Check):
    name = "attention/large-scores"

    def inputs(self, rng):
        queries, keys = 0.1 * rng.normal(size=(5, 4)), rng.normal(size=(6, 4))
        queries[:, 0] = rng.permutation([-900.0, -300.0, 0.0, 1.0, 2000.0])
        keys[:, 0] = rng.uniform(1.0, 2.0, 6)  # so a query's scores have one sign
        return {"queries": queries, "keys": keys}

    @staticmethod
    def run(student, queries, keys):
        return student.attention_weights(queries, keys)

    def mark(self, result, inputs):
        weights = array(result)
        if weights is not None and sums_to_one(weights, (-1, 0, None)):
            if not cut_off(weights):
                return Verdict(1.0)
            return verdict(
                "`attention_weights` are all alike for a query with large scores that "
                "differ: they must not be cut off, only shifted."
            )
        what = "are not finite" if weights is None else "do not sum to 1"
        return verdict(
            f"`attention_weights` of some small and some very large queries {what}: "
            f"what does each row subtract before the exponential?"
        )


class Result(Check):
    question = "attention/result"

    def inputs(self, rng):
        x, context = rng.normal(size=(2, 5, 3)), rng.normal(size=(2, 4, 3))
        x[..., 0], context[..., 0], w_same = 1.0, 1.0, np.zeros((3, 6))
        w_same[0] = rng.normal(size=6)
        return {
            "x": x,
            "context": context,
            "w_q": 0.6 * rng.normal(size=(3, 6)),
            "w_k": 0.6 * rng.normal(size=(3, 6)),
            "w_v": rng.normal(size=(3, 4)),
            "w_same": w_same,  # makes all queries and keys equal, and so all weights
        }

    @staticmethod
    def run(student, x, context, w_q, w_k, w_v, w_same):
        queries, keys = ops.matmul(x, w_q), ops.matmul(context, w_k)  # noqa: F821
        try:
            weights = student.attention_weights(queries, keys)
        except Exception:
            weights = None
        return {
            "result": student.attention(x, context, w_q, w_k, w_v),
            "weights": weights,
            "uniform": student.attention(x, context, w_same, w_same, w_v),
        }

    def weights(self, result, inputs):
        """The right weights, and the student's own if they can be used."""
        x, context, w_q, w_k = (
            np.asarray(inputs[name], "float64")
            for name in ("x", "context", "w_q", "w_k")
        )
        scores = (x @ w_q) @ np.swapaxes(context @ w_k, 1, 2) / 6**0.5
        own = array(result["weights"])
        usable = own is not None and own.shape == scores.shape
        return [softmax(scores)] + ([own] if usable else [])


class WhoAsksWhom(Result):
    """Whatever the values are, the result is the weights times some values."""

    name = "attention/who-asks-whom"

    def mark(self, result, inputs):
        found = array(result["result"])
        if found is None or found.ndim != 3 or found.shape[:2] != (2, 5):
            shape = None if found is None else found.shape
            return verdict(
                f"`attention` of 5 tokens to 4 has shape {shape} for a batch of 2: a "
                f"token for each one of x. Look at who asks."
            )
        for weights in self.weights(result, inputs):
            values = np.linalg.pinv(weights) @ found
            if compare(weights @ values, found, 1e-3) is None:
                return Verdict(1.0)
        return verdict(
            "`attention` is not made of means with the weights of x's queries and the "
            "context's keys: look at which tokens meet which matrix, and at how the "
            "weights and the values are multiplied."
        )


class Values(Result):
    """Where all weights are equal, only the values and their mean are left."""

    name = "attention/values"

    def mark(self, result, inputs):
        context, w_v = inputs["context"], inputs["w_v"]
        mean = np.mean(np.asarray(context, "float64") @ w_v, axis=1, keepdims=True)
        expected = np.repeat(mean, 5, axis=1)
        found = array(result["uniform"])
        if found is not None and found.shape == expected.shape:
            # The sum over a wrong axis changes the size alone.
            size = np.sum(found * expected) / np.sum(expected**2)
            found = found / size if size > 1e-3 else found
        difference = compare(found, expected, 1e-3)
        look_at = (
            "here all queries and keys are equal, so all weights. What is averaged?"
        )
        return verdict(told("`attention`", difference, look_at))


checks = [SumsToOne(), DotProducts(), Scale(), LargeScores(), WhoAsksWhom(), Values()]
