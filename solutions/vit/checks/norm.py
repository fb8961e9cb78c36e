"""Problem 8, layer normalisation."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, nearest, told, verdict

AXES = (-1, 1, 0, (1, 2), (0, 1), None)  # over which a norm may be taken, right or not
SMALL = 0.003


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
        for axes in AXES:
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


def smaller(plain, centred):
    """What a token times SMALL becomes if epsilon is in its place, from its own norm.

    Whatever the token is divided by: a root of v + epsilon, or v + epsilon itself. With
    v / (centred / plain) known from the token itself, only epsilon is left to judge.
    """
    size, epsilon = np.abs(centred), 1e-5 * (1 - SMALL**2)
    root = np.sqrt((SMALL * size) ** 2 + epsilon * plain**2)
    no_root = SMALL**2 * size + epsilon * np.abs(plain)
    return [SMALL * size * plain / root, SMALL * size * plain / no_root]


class Epsilon(Check):
    """The norm of tokens whose features are nearly equal, beside that of others."""

    name = "block/norm-epsilon"
    weight = 0.5

    def inputs(self, rng):
        x = rng.normal(size=(2, 5, 4))
        return {"x": x, "small": SMALL * x, "ones": np.ones(4), "zeros": np.zeros(4)}

    @staticmethod
    def run(student, x, small, ones, zeros):
        return [student.layer_norm(part, ones, zeros) for part in (x, small)]

    def mark(self, result, inputs):
        plain, small = map(usable, result)
        if plain is None or small is None:
            return verdict(NORM_SHAPE)
        x, candidates = np.asarray(inputs["x"], "float64"), []
        for axes in AXES:
            candidates += smaller(plain, x - x.mean(axis=axes, keepdims=True))
        difference = nearest(small, [*candidates, *smaller(plain, x)], 1e-2)
        look_at = "look at epsilon, its size and its place."
        text = "`layer_norm` of tokens whose features are nearly equal"
        return verdict(told(text, difference, look_at))


checks = [EachToken(), Variance(), ScaleAndShift(), Epsilon()]
