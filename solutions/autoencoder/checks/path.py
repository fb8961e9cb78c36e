"""Problem 7: interpolating, by the codes on the way."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import sigmoid, told, verdict
from .generation import Generate


class Path(Check):
    """The codes are what reaches `decode`, in one batch or one by one."""

    question = "generation/path"
    codes = Generate.codes

    def inputs(self, rng):
        return {
            "first": rng.random(5),
            "second": rng.random(5),
            "matrix": rng.normal(size=(5, 2)),
            "weights": rng.normal(size=(2, 5)),
            "steps": 6,
        }

    @staticmethod
    def run(student, first, second, matrix, weights, steps):
        seen, axes = [], []

        def encode(x):
            axes.append(len(x.shape))
            mean = ops.matmul(x * x, matrix)  # noqa: F821
            return mean, 1.0 + mean * mean

        def decode(z):
            axes.append(len(z.shape))
            seen.append(z)
            return ops.matmul(z, weights)  # noqa: F821

        images = student.interpolate(encode, decode, first, second, steps)
        return {"images": images, "seen": seen, "axes": axes}


class Batches(Path):
    name = "generation/batches-not-single-images"
    weight = 0.5

    def mark(self, result, inputs):
        if all(axes == 2 for axes in result["axes"]):
            return Verdict(1.0)
        return verdict(
            "`interpolate` calls `encode` or `decode` with a single image or code: "
            "both take a batch, so a first axis is missing."
        )


class PathEnds(Path):
    name = "generation/ends-of-the-path"

    def mark(self, result, inputs):
        codes = self.codes(result)
        if codes is None or len(codes) < 2:
            return verdict("`interpolate`: `decode` gets no codes (n, 2).")
        ends = [inputs[name] ** 2 @ inputs["matrix"] for name in ("first", "second")]
        difference = compare(codes[[0, -1]], np.array(ends))
        look_at = "the way begins at the mean code of the first and ends at the second."
        return verdict(told("`interpolate`: first and last code", difference, look_at))


class EvenSteps(Path):
    name = "generation/even-steps"

    def mark(self, result, inputs):
        codes = self.codes(result)
        if codes is None or len(codes) != inputs["steps"]:
            count = "no" if codes is None else len(codes)
            return verdict(
                f"`interpolate` decodes {count} codes for {inputs['steps']} steps: "
                f"both ends count."
            )
        moves = np.diff(codes, axis=0)
        difference = compare(moves, np.tile(moves.mean(axis=0), (len(moves), 1)), 1e-3)
        if np.abs(moves).max() < 1e-3:
            difference = "does not move"
        look_at = "from one code to the next it is the same step each time."
        return verdict(told("`interpolate`: the way", difference, look_at))


class PathImages(Path):
    """From the student's own codes."""

    name = "generation/images-of-the-path"

    def mark(self, result, inputs):
        codes = self.codes(result)
        if codes is None or not codes.size:
            return verdict("`interpolate`: `decode` gets no codes (n, 2).")
        difference = compare(result["images"], sigmoid(codes @ inputs["weights"]))
        look_at = "it is a row of probabilities for each code that was decoded."
        return verdict(told("`interpolate`", difference, look_at))


checks = [
    Batches(),
    PathEnds(),
    EvenSteps(),
    PathImages(),
]
