"""Problem 8: networks that solve XOR."""

import numpy as np

from autograder.checks import Check, Verdict

from .activations import sigmoid
from .common import array, told, verdict

POINTS = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
XOR = np.array([[0.0], [1.0], [1.0], [0.0]])


class Xor(Check):
    question = "xor/networks"
    seconds = 30  # three calls

    def inputs(self, rng):
        return {"seeds": [int(seed) for seed in rng.choice(10_000, 3, replace=False)]}

    @staticmethod
    def run(student, seeds):
        return [list(student.solve_xor(seed)) for seed in seeds]

    def outputs(self, weights):
        """What the network says at the four points, or None if it cannot be worked out.

        A bias of shape (1, p) will do: shapes are another check's idea.
        """
        weights = [array(part) for part in weights]
        if len(weights) != 4 or any(part is None for part in weights):
            return None
        v, v0, w, w0 = weights
        if max(part.size for part in weights) > 10_000 or v.ndim != 2 or w.ndim > 2:
            return None
        try:
            return sigmoid(sigmoid(POINTS @ v + v0) @ w + w0).reshape(4, 1)
        except ValueError:
            return None

    def mark(self, result, inputs):
        right = sum(self.is_right(self.outputs(weights)) for weights in result)
        if right == len(inputs["seeds"]):
            return Verdict(1.0)
        return Verdict(
            right / len(inputs["seeds"]),
            f"`solve_xor` {self.aim} from {right} of {len(inputs['seeds'])} seeds: "
            f"{self.look_at}",
        )


def misshapen(weights):
    """What is wrong with the shapes of (v, v0, w, w0), or None."""
    if len(weights) != 4 or any(part is None for part in weights):
        return "does not return four arrays of finite numbers"
    hidden = weights[0].shape[-1] if weights[0].ndim else 0
    expected = [(2, hidden), (hidden,), (hidden, 1), (1,)]
    shapes = [part.shape for part in weights]
    if hidden and shapes == expected:
        return None
    return f"returns shapes {shapes}, expected (2, p), (p,), (p, 1), (1,)"


class XorShapes(Xor):
    name = "xor/shapes"
    weight = 0.5

    def mark(self, result, inputs):
        problem = misshapen([array(part) for part in result[0]])
        look_at = "look at the order of the four parts, and at one bias per unit."
        return verdict(told("`solve_xor`", problem, look_at))


class XorRightSide(Xor):
    name = "xor/right-side"
    aim = "has all four outputs on the right side of 0.5"
    look_at = "look at the targets, at the update, and at how the weights start."

    def is_right(self, outputs):
        return outputs is not None and bool(np.all((outputs > 0.5) == (XOR > 0.5)))


class XorClose(Xor):
    name = "xor/within-0.2"
    aim = "comes within 0.2 of all four targets"
    look_at = "train longer, with a larger learning rate, or with more hidden units."

    def is_right(self, outputs):
        return outputs is not None and bool(np.all(np.abs(outputs - XOR) <= 0.2))


checks = [
    XorShapes(),
    XorRightSide(),
    XorClose(),
]
