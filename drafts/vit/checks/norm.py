"""Problem 8, layer normalisation."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, nearest, told, verdict


class Norm(Check):
    question = "block/norm"

    def inputs(self, rng):
        return {
            "x": 3.0 + 2.0 * rng.normal(size=(2, 5, 4)),
            "ones": np.ones(4),
            "zeros": np.zeros(4),
            "gamma": rng.uniform(0.5, 2.0, 4),
            "beta": rng.normal(size=4),
        }

    @staticmethod
    def run(student, x, ones, zeros, gamma, beta):
        plain = student.layer_norm(x, ones, zeros)
        return [plain, student.layer_norm(x, gamma, beta)]


NORM_SHAPE = "`layer_norm` does not give finite numbers in the shape of its input."


def usable(value):
    value = array(value)
    return value if value is not None and value.shape == (2, 5, 4) else None


class EachToken(Norm):
    """Each token is its centred self but for a positive number."""

    name = "block/norm-of-each-token-alone"

    def mark(self, result, inputs):
        plain = usable(result[0])
        if plain is None:
            return verdict(NORM_SHAPE)
        x = np.asarray(inputs["x"], "float64")
        centred = x - x.mean(axis=-1, keepdims=True)
        size = np.sum(plain * centred, -1, keepdims=True)
        size = size / np.sum(centred**2, -1, keepdims=True)
        difference = compare(plain, size * centred, 1e-3)
        if difference is None and size.min() > 0:
            return Verdict(1.0)
        return verdict(
            "With gamma 1 and beta 0 a token of `layer_norm` is not its features less "
            "their mean, times a positive number: over which axis is the mean?"
        )


class Variance(Norm):
    """Over whatever axes: which ones is another check's idea."""

    name = "block/norm-variance"

    def mark(self, result, inputs):
        plain = usable(result[0])
        if plain is None:
            return verdict(NORM_SHAPE)
        x = np.asarray(inputs["x"], "float64")
        candidates = []
        for axes in (-1, 1, 0, (1, 2), (0, 1), None):
            mean = x.mean(axis=axes, keepdims=True)
            variance = x.var(axis=axes, keepdims=True)
            deviations = np.sqrt(variance + 1e-5)
            candidates += [(x - mean) / deviations, x / deviations]
        look_at = "look at the root, and at what the sum of squares is divided by."
        difference = nearest(plain, candidates, 1e-3)
        return verdict(told("`layer_norm`", difference, look_at))


class ScaleAndShift(Norm):
    name = "block/norm-scale-and-shift"

    def mark(self, result, inputs):
        plain = usable(result[0])
        if plain is None:
            return verdict(NORM_SHAPE)
        difference = compare(result[1], plain * inputs["gamma"] + inputs["beta"], 1e-3)
        look_at = "compared with gamma times your own result for 1 and 0, plus beta."
        return verdict(told("`layer_norm`", difference, look_at))


class EqualFeatures(Check):
    name = "block/norm-of-equal-features"
    weight = 0.5

    def inputs(self, rng):
        features = rng.integers(-5, 6, (2, 5, 1)).astype("float64")
        features[0, 0] = 0.0
        x = np.repeat(features, 4, axis=-1)
        return {"x": x, "gamma": np.ones(4), "beta": rng.normal(size=4)}

    @staticmethod
    def run(student, x, gamma, beta):
        return student.layer_norm(x, gamma, beta)

    def mark(self, result, inputs):
        found = np.asarray(result, "float64")
        if np.all(np.isfinite(found)):
            return Verdict(1.0)
        return verdict(
            "`layer_norm` of tokens whose features are all equal is not finite: what "
            "keeps the root in the denominator from 0?"
        )


checks = [EachToken(), Variance(), ScaleAndShift(), EqualFeatures()]
