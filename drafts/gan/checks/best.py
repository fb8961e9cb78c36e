"""Problem 3, second half: the best discriminator and what its loss says."""

import numpy as np

from autograder.checks import Check, SameValues, compare

from .common import number, numbers, softplus, told, verdict


def some_pair(rng):
    p, q = rng.dirichlet(np.full(5, 3.0), 2) * 0.8 + 0.04
    p[1], q[3] = 0.0, 0.0
    return p / p.sum(), q / q.sum()


def best(p, q):
    return np.array([real / (real + fake) for real, fake in zip(p, q, strict=True)])


class Divergence(Check):
    question = "gradients/divergence"

    def inputs(self, rng):
        p, q = rng.dirichlet(np.full(4, 3.0), 2) * 0.8 + 0.05
        lacks, nearly = np.array([0.0, *p[1:]]), np.array([1e-6, *p[1:]])
        pairs = [
            [np.append(p, 0.0), np.append(q, 0.0)],
            [lacks, q],
            [nearly, q],
            [q, lacks],
            [q, nearly],
        ]
        return {"p": p, "q": q, "pairs": pairs}

    @staticmethod
    def run(student, p, q, pairs):
        divergence = student.jensen_shannon
        answers = {"value": divergence(p, q), "zeros": None}
        try:
            answers["zeros"] = [divergence(*two) for two in pairs]
        except Exception:  # zeros are another idea than the value
            pass
        return answers


class JensenShannon(Divergence):
    """From the best discriminator's loss, of which it is a part."""

    name = "gradients/jensen-shannon"

    def mark(self, result, inputs):
        p, q = (inputs[name].astype("float64") for name in "pq")
        logits = np.log(p / q)
        loss = np.sum(p * softplus(-logits) + q * softplus(logits))
        own, difference = number(result["value"]), "is not one finite number"
        if own is not None:
            difference = compare(own, np.log(2) - loss / 2)
        look_at = "look at m, at both halves, and at the logarithm."
        return verdict(told("`jensen_shannon`", difference, look_at))


class Zeros(Divergence):
    """The student's own values nearby."""

    name = "gradients/probabilities-of-0"
    weight = 0.5

    def mark(self, result, inputs):
        zeros, value = numbers(result["zeros"]), number(result["value"])
        if zeros is not None and value is not None:
            nearby = np.array([value, zeros[2], zeros[4]])
            if np.allclose(zeros[[0, 1, 3]], nearby, atol=1e-3):
                return verdict(None)
        return verdict(
            "`jensen_shannon` with probabilities of 0: such terms count as 0. Look for "
            "0 log 0 and 0 / 0."
        )


checks = [
    SameValues(
        "gradients/best-discriminator",
        "best_discriminator",
        some_pair,
        best,
        "the share of real ones among all that have this outcome.",
    ),
    JensenShannon(),
    Zeros(),
]
