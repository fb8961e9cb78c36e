"""Problem 8: vector quantisation."""

import numpy as np

from autograder.checks import Check, SameValues, Verdict, compare

from .common import array, factor, no_multiple, numbers, told, verdict


def distances(z, codebook):
    rows = [
        [np.sum((v - e) ** 2) for e in codebook] for v in z.reshape(-1, z.shape[-1])
    ]
    return np.array(rows)


class Nearest(Check):
    """Rows, and the same rows as a grid of images. Codes of different lengths."""

    question = "vq/nearest"

    def inputs(self, rng):
        codebook = rng.normal(size=(6, 3)) * np.array([[0.3, 0.6, 1, 1, 2, 3]]).T
        while True:  # no vector that is almost equally near to two codes
            z = rng.normal(size=(12, 3))
            nearest = np.sort(distances(z, codebook), axis=1)
            if np.min(nearest[:, 1] - nearest[:, 0]) > 1e-3:
                grid = z.reshape(2, 2, 3, 3)
                return {"z": z, "grid": grid, "codebook": codebook}

    @staticmethod
    def run(student, z, grid, codebook):
        nearest = student.nearest_codes
        return {"rows": nearest(z, codebook), "grid": nearest(grid, codebook)}


class NearestCodes(Nearest):
    name = "vq/nearest-code"

    def mark(self, result, inputs):
        expected = np.argmin(distances(inputs["z"], inputs["codebook"]), axis=1)
        difference = compare(result["rows"], expected)
        look_at = "it is the number of the code at the smallest squared distance."
        return verdict(told("`nearest_codes`", difference, look_at))


class AnyAxes(Nearest):
    """From the student's own numbers of the rows."""

    name = "vq/vectors-on-a-grid"

    def mark(self, result, inputs):
        rows, difference = array(result["rows"]), "cannot be judged without rows"
        if rows is not None and rows.size == 12:
            difference = compare(result["grid"], rows.reshape(2, 2, 3))
        look_at = "the last axis is the vector, all others stay."
        return verdict(told("`nearest_codes` of (2, 2, 3, 3)", difference, look_at))


class Quantised(Check):
    """What `quantise` makes of vectors on two axes."""

    question = "vq/quantised"

    def inputs(self, rng):
        return {
            "z": rng.normal(size=(2, 3, 3)),
            "codebook": rng.normal(size=(6, 3)),
            "numbers": rng.integers(0, 6, (2, 3)),
            "weights": rng.normal(size=(2, 3, 3)),
        }

    @staticmethod
    def run(student, z, codebook, numbers, weights):
        return student.quantise(z, codebook, numbers)


class QuantisedValues(Quantised):
    name = "vq/quantised-values"

    def mark(self, result, inputs):
        expected = inputs["codebook"][inputs["numbers"]]
        look_at = "forward, each vector becomes the code of its number."
        return verdict(told("`quantise`", compare(result, expected), look_at))


class QuantisedGradients(Quantised):
    question = "vq/quantised-gradients"

    @staticmethod
    def run(student, z, codebook, numbers, weights):
        from kerasdl import autodiff

        def total(z, codebook):
            return ops.sum(weights * student.quantise(z, codebook, numbers))  # noqa: F821

        return list(autodiff.grad(total, argnums=(0, 1))(z, codebook))


class StraightThrough(QuantisedGradients):
    name = "vq/straight-through"

    def mark(self, result, inputs):
        difference = compare(result[0], inputs["weights"])
        look_at = "backward, z gets the gradient that arrives at the output, unchanged."
        return verdict(told("`quantise`: the gradient by z", difference, look_at))


class NoneToTheCodebook(QuantisedGradients):
    name = "vq/none-to-the-codebook"
    weight = 0.5

    def mark(self, result, inputs):
        difference = compare(result[1], 0.0 * inputs["codebook"])
        look_at = "here it gets none: the codes have a loss of their own."
        subject = "`quantise`: the gradient by the codebook"
        return verdict(told(subject, difference, look_at))


class Loss(Quantised):
    question = "vq/loss"

    def inputs(self, rng):
        return {**super().inputs(rng), "betas": [0.0, 1.0]}

    @staticmethod
    def run(student, z, codebook, numbers, betas):
        from kerasdl import autodiff

        found = []
        for beta in betas:

            def loss(z, codebook, beta=beta):
                return ops.sum(student.vq_loss(z, codebook, numbers, beta))  # noqa: F821

            run = autodiff.value_and_grad(loss, argnums=(0, 1))
            value, slopes = run(z, codebook)
            found.append([value, *slopes])
        return found

    def mark(self, result, inputs):
        chosen = inputs["codebook"][inputs["numbers"]]
        return verdict(self.wrong(result, inputs, inputs["z"] - chosen))


class LossValue(Loss):
    name = "vq/loss-value"

    def wrong(self, result, inputs, differences):
        own = numbers([found[0] for found in result])
        squares = np.sum(differences**2) / 6
        difference = compare(own, squares * np.array([1.0, 2.0]))
        look_at = (
            "it is the mean over the 6 vectors of the sum over their 3 numbers, and "
            "beta stands before the second term only."
        )
        return told("`vq_loss` at beta 0 and 1", difference, look_at)


class CodebookTerm(Loss):
    """Up to a factor: sum or mean shows in the value."""

    name = "vq/codebook-gradient"

    def wrong(self, result, inputs, differences):
        expected = np.zeros_like(inputs["codebook"])
        np.add.at(expected, inputs["numbers"], -differences)
        found = [factor(one[2], expected) for one in result]
        look_at = "the codebook learns from the first term, in which z is held."
        subject = "`vq_loss`: the gradient by the codebook"
        if found[0] is None:
            return told(subject, no_multiple(result[0][2], expected), look_at)
        if found[0] < 0:
            return told(subject, "has the wrong sign", look_at)
        if found[1] is None or abs(found[1] / found[0] - 1.0) > 1e-3:
            return told(subject, "changes with beta", look_at)
        return None


class Commitment(Loss):
    name = "vq/commitment-gradient"

    def wrong(self, result, inputs, differences):
        look_at = "only the second term moves z, beta times; the code is held there."
        subject = "`vq_loss`: the gradient by z"
        none = array(result[0][1])
        if none is None or np.abs(none).max() > 1e-4:
            return told(subject, "is not 0 for beta = 0", look_at)
        found = factor(result[1][1], differences)
        if found is None:
            return told(subject, no_multiple(result[1][1], differences), look_at)
        return told(subject, "has the wrong sign" if found < 0 else None, look_at)


def some_numbers(rng):
    return rng.permutation(np.repeat([0, 1, 2, 3], [5, 3, 1, 1])).reshape(2, 5), 4


def perplexity(numbers, codes):
    shares = [np.mean(numbers == code) for code in range(codes)]
    return np.prod([share**-share for share in shares if share > 0])


used = SameValues(
    "vq/perplexity",
    "perplexity",
    some_numbers,
    perplexity,
    "it is e to the entropy of the fractions, in nats.",
    tolerance=1e-3,
)


class UnusedCodes(Check):
    """The same with codes that nobody chooses, from the student's own value."""

    name = "vq/unused-codes"
    weight = 0.5

    def inputs(self, rng):
        numbers, _ = some_numbers(rng)
        return {"numbers": numbers, "apart": 2 * numbers}

    @staticmethod
    def run(student, numbers, apart):
        return [student.perplexity(numbers, 4), student.perplexity(apart, 9)]

    def mark(self, result, inputs):
        own = numbers(result)
        if own is None:
            return verdict(
                "`perplexity` is not finite with unused codes: look for log 0."
            )
        if abs(own[1] - own[0]) < 1e-3 * own[0]:
            return Verdict(1.0)
        return verdict("`perplexity` changes when codes are added that nobody uses.")


checks = [
    NearestCodes(),
    AnyAxes(),
    QuantisedValues(),
    StraightThrough(),
    NoneToTheCodebook(),
    LossValue(),
    CodebookTerm(),
    Commitment(),
    used,
    UnusedCodes(),
]
