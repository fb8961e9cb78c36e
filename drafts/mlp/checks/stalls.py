"""Problem 5, second part: the gradient's norm at each layer."""

import numpy as np

from autograder.checks import Check, compare, finite_differences

from .activations import sigmoid
from .common import array, told, verdict


def mean_error(matrices, biases, x, targets):
    z = np.asarray(x, dtype="float64")
    for matrix, bias in zip(matrices, biases, strict=True):
        z = sigmoid(z @ matrix + bias)
    return 0.5 * np.mean(np.sum((targets - z) ** 2, axis=1))


def norms(layers, x, targets):
    """The norm of the gradient along each matrix, by finite differences."""
    matrices = [np.asarray(matrix, "float64") for matrix, _ in layers]
    biases = [np.asarray(bias, "float64") for _, bias in layers]
    found = []
    for place in range(len(layers)):

        def error(changed, place=place):
            moved = [*matrices[:place], changed, *matrices[place + 1 :]]
            return mean_error(moved, biases, x, targets)

        found.append(np.linalg.norm(finite_differences(error, matrices[place])))
    return np.array(found)


class GradientNorms(Check):
    """Three layers; what is asked of inputs and biases differs from idea to idea."""

    def inputs(self, rng):
        widths, examples = (3, 4, 2, 2), 3
        layers = [
            [1.5 * rng.normal(size=(n, p)), rng.normal(size=p)]
            for n, p in zip(widths, widths[1:], strict=False)
        ]
        x, targets = rng.normal(size=(examples, 3)), rng.random((examples, 2))
        return self.asked({"layers": layers, "x": x, "targets": targets})

    def asked(self, given):
        return given

    @staticmethod
    def run(student, layers, x, targets):
        pairs = [tuple(layer) for layer in layers]
        return list(student.gradient_norms(pairs, x, targets))

    def mark(self, result, inputs):
        own = [array(np.squeeze(array(norm))) for norm in result]
        if len(own) != 3 or any(norm is None or norm.ndim for norm in own):
            return verdict(
                "`gradient_norms` of three layers is not three finite numbers: one per "
                "layer, the length of its matrix's gradient, also for saturated units."
            )
        return verdict(self.wrong(np.array(own), inputs))


class NormPerLayer(GradientNorms):
    """In whatever order, of the mean or the sum: these are other checks' ideas."""

    name = question = "backpropagation/norm-per-layer"

    def wrong(self, own, inputs):
        expected = norms(inputs["layers"], inputs["x"], inputs["targets"])
        allowed = [
            scale * order
            for scale in (1, len(inputs["x"]))
            for order in (expected, expected[::-1])
        ]
        if min(np.abs(own / each - 1).max() for each in allowed) < 0.01:
            return None
        wrong = int(np.sum(np.abs(own / expected - 1) > 0.01))
        return (
            f"`gradient_norms` is wrong at {wrong} of {len(own)} layers, compared with "
            f"differences of the error: a norm is the root of the sum of the squares "
            f"of the gradient along the matrix alone."
        )


class NormsAtZeroInputs(GradientNorms):
    name = "backpropagation/norms-at-zero-inputs"

    def asked(self, given):
        return given | {"x": 0 * given["x"]}

    def wrong(self, own, inputs):
        if own[0] <= 1e-5 * own[1:].min() and own[1:].min() > 0:
            return None
        return (
            "`gradient_norms` with inputs of 0 must be 0 at the first layer and only "
            "there: look at the order of the layers, and leave out the biases."
        )


class NormsOfTheMean(GradientNorms):
    """Each example once more changes no mean; `x` holds them twice."""

    name = "backpropagation/norms-of-the-mean"

    @staticmethod
    def run(student, layers, x, targets):
        pairs = [tuple(layer) for layer in layers]
        twice = [ops.concatenate([part, part]) for part in (x, targets)]  # noqa: F821
        return [
            list(student.gradient_norms(pairs, *given))
            for given in ((x, targets), twice)
        ]

    def mark(self, result, inputs):
        once, twice = (array([np.squeeze(norm) for norm in part]) for part in result)
        if once is None or once.size == 0 or not np.any(once):
            return verdict("`gradient_norms` gives no numbers to compare.")
        difference = compare(twice / np.max(once), once / np.max(once), 1e-3)
        look_at = "the error is the mean over the examples, not their sum."
        subject = "`gradient_norms` with each example twice"
        return verdict(told(subject, difference, look_at))


class NormsWhenSaturated(GradientNorms):
    """With biases of 1000 no unit's output moves any more."""

    name = "backpropagation/norms-when-saturated"

    def asked(self, given):
        layers = [
            [matrix, 1000.0 * (-1.0) ** np.arange(len(bias))]
            for matrix, bias in given["layers"]
        ]
        return given | {"layers": layers}

    def wrong(self, own, inputs):
        if own.max() <= 1e-4:
            return None
        return (
            "`gradient_norms` of saturated units is not about 0: there the sigmoid's "
            "derivative is."
        )


checks = [
    NormPerLayer(),
    NormsAtZeroInputs(),
    NormsOfTheMean(),
    NormsWhenSaturated(),
]
