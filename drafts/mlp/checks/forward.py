"""Problem 4: the forward pass, each signal judged from the one before it."""

import numpy as np

from autograder.checks import Check, compare

from .common import array, first, sizes, told, verdict


def activation(s):
    """The activation that the probes pass; it is not 0 at 0."""
    return 0.5 + s / (1.0 + s * s)


class Forward(Check):
    keeps_sums, keeps_biases = True, True

    def inputs(self, rng):
        b, n, p, m = sizes(rng, 4)
        draw = [rng.normal(size=shape) for shape in ((n, p), (p,), (p, m), (m,))]
        keep = [self.keeps_sums, self.keeps_biases] * 2
        weights = [part * kept for part, kept in zip(draw, keep, strict=True)]
        return {"weights": weights, "x": rng.normal(size=(b, n))}

    @staticmethod
    def run(student, weights, x):
        signals = student.forward(tuple(weights), x, lambda s: 0.5 + s / (1.0 + s * s))
        return list(signals)

    def mark(self, result, inputs):
        v, v0, w, w0 = inputs["weights"]
        return verdict(self.wrong(*map(array, result), v, v0, w, w0, inputs["x"]))


class ForwardShapes(Forward):
    name, question = "forward/shapes", "forward/signals"
    weight = 0.5

    def wrong(self, z_in, z, y_in, y, v, v0, w, w0, x):
        hidden, output = np.zeros((len(x), len(v0))), np.zeros((len(x), len(w0)))
        named = (("z_in", z_in), ("z", z), ("y_in", y_in), ("y", y))
        for (name, part), like in zip(
            named, (hidden, hidden, output, output), strict=True
        ):
            if part is None or part.shape != like.shape:
                shape = None if part is None else part.shape
                return (
                    f"`forward`: {name} has shape {shape}, expected {like.shape}: look "
                    f"at the order of the four signals and of the matrix products."
                )


class ForwardSums(Forward):
    name = "forward/weighted-sums"
    keeps_biases = False

    def wrong(self, z_in, z, y_in, y, v, v0, w, w0, x):
        return first(
            told("`forward`: z_in", compare(z_in, x @ v), "look at the sum over x v."),
            told(
                "`forward`: y_in",
                compare(y_in, z @ w),
                "it is not made of your z; look at what enters the second layer.",
            ),
        )


class ForwardBiases(Forward):
    name = "forward/biases"
    keeps_sums = False

    def wrong(self, z_in, z, y_in, y, v, v0, w, w0, x):
        look_at = "with v = w = 0 only the bias is left, the same for all examples."
        return first(
            told("`forward`: z_in", compare(z_in, v0 + np.zeros_like(z_in)), look_at),
            told("`forward`: y_in", compare(y_in, w0 + np.zeros_like(y_in)), look_at),
        )


class ForwardActivations(Forward):
    name, question = "forward/activation-in-both-layers", "forward/signals"

    def wrong(self, z_in, z, y_in, y, v, v0, w, w0, x):
        look_at = "is the activation, the one that was passed, applied here?"
        return first(
            told(
                "`forward`: z, from your z_in,", compare(z, activation(z_in)), look_at
            ),
            told(
                "`forward`: y, from your y_in,", compare(y, activation(y_in)), look_at
            ),
        )


checks = [
    ForwardShapes(),
    ForwardSums(),
    ForwardBiases(),
    ForwardActivations(),
]
