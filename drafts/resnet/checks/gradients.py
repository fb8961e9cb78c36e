"""Problem 5: gradients against depth."""

import itertools

import numpy as np

from autograder.checks import Check, SameValues, finite_differences

from .common import array, nearest, told, verdict


def loss(x, targets, weights, residual):
    for w in weights:
        step = np.tanh(x @ w)
        x = x + step if residual else step
    return 0.5 * np.sum((x - targets) ** 2) / len(x)


def norms(x, targets, weights, residual):
    """The gradients' norms, by finite differences."""
    found = []
    for number in range(len(weights)):

        def of_one(w, number=number):
            changed = [*weights[:number], w, *weights[number + 1 :]]
            return loss(x, targets, changed, residual)

        slopes = finite_differences(of_one, weights[number])
        found.append(np.sqrt(np.sum(slopes**2)))
    return np.array(found)


def ratios(norms):
    """Norms that sum to 1, if they are not all 0."""
    return norms / max(norms.sum(), 1e-30)


class Norms(Check):
    question = "gradients/norms"

    def inputs(self, rng):
        return {
            "x": rng.normal(size=(6, 4)),
            "targets": 2.0 * rng.normal(size=(6, 4)),
            "weights": [0.6 * rng.normal(size=(4, 4)) for _ in range(5)],
        }

    @staticmethod
    def run(student, x, targets, weights):
        return {
            kind: list(student.gradient_norms(x, targets, list(weights), residual))
            for kind, residual in (("plain", False), ("residual", True))
        }

    def pair(self, result, inputs, kind):
        """The student's norms, or None, and the expected ones."""
        data = (inputs[name] for name in ("x", "targets", "weights"))
        own = array(result[kind])
        if own is not None and own.shape == (5, 1):
            own = own[:, 0]
        if own is None or own.shape != (5,) or np.min(own) < 0:
            own = None
        return own, norms(*data, kind == "residual")


class Profile(Norms):
    """From layer to layer, whatever all are multiplied by, and in which order."""

    def __init__(self, kind, look_at):
        self.name, self.kind = f"gradients/{kind}-chain", kind
        self.look_at = look_at

    def mark(self, result, inputs):
        own, expected = self.pair(result, inputs, self.kind)
        subject = f"`gradient_norms` of a {self.kind} chain"
        if own is None:
            return verdict(f"{subject} are not five numbers, none negative.")
        candidates = [
            ratios(each)
            for power in (expected, expected**2)
            for each in (power, power[::-1])
        ]
        difference = nearest(ratios(own), candidates, 2e-3)
        look_at = f"by their ratios, compared with differences of E. {self.look_at}"
        return verdict(told(subject, difference, look_at))


class Order(Norms):
    name = "gradients/first-layer-first"

    def mark(self, result, inputs):
        for kind in ("plain", "residual"):
            own, expected = self.pair(result, inputs, kind)
            if own is None:
                return verdict("`gradient_norms` are not five numbers, none negative.")
            for power in (expected, expected**2):
                backwards = ratios(power[::-1])
                if nearest(ratios(own), [backwards], 2e-3) is None:
                    return verdict(
                        "`gradient_norms` lists the last layer first: backpropagation "
                        "finds it first, but the list begins with W_1."
                    )
        return verdict(None)


class Scale(Norms):
    """Of whichever chain has the right ratios."""

    name = "gradients/size-of-the-norms"

    def mark(self, result, inputs):
        for kind in ("plain", "residual"):
            own, expected = self.pair(result, inputs, kind)
            if own is None:
                continue
            for each in (expected, expected[::-1]):
                if nearest(own, [each], 2e-3) is None:
                    return verdict(None)
        return verdict(
            "`gradient_norms` have another size than they should, on both chains: look "
            "at the mean over the examples, the sum over the d outputs, the half, and "
            "the root of the sum of squares."
        )


class ManyPaths(Check):
    """It comes back in time; what comes back is another check's idea."""

    name = "gradients/paths-of-many-layers"
    seconds = 4

    def inputs(self, rng):
        return {"slopes": rng.uniform(-0.5, 1.0, 25)}

    @staticmethod
    def run(student, slopes):
        return student.path_lengths(slopes)

    def mark(self, result, inputs):
        own = array(result)
        if own is not None and own.ndim == 1 and own.size in (25, 26, 27):
            return verdict(None)
        return verdict(
            "`path_lengths` of 25 layers gives no list of 26 finite numbers: find the "
            "list for one layer more from the list before it."
        )


def of_all_paths(slopes):
    """By going through all of them."""
    slopes = np.asarray(slopes, "float64")
    return np.array(
        [
            sum(np.prod(path) for path in itertools.combinations(slopes, k))
            for k in range(len(slopes) + 1)
        ]
    )


checks = [
    Profile("plain", "Look at the chain, and at whether every layer is in it."),
    Profile("residual", "Each layer adds tanh(h W) to its own input h."),
    Order(),
    Scale(),
    SameValues(
        "gradients/factor-per-layer",
        "factor_per_layer",
        lambda rng: (np.exp(rng.normal(size=int(rng.integers(4, 8)))),),
        lambda norms: (norms[0] / norms[-1]) ** (1 / (len(norms) - 1)),
        "first over last norm; from the first to the last layer there are L - 1 steps.",
    ),
    SameValues(
        "gradients/path-lengths",
        "path_lengths",
        lambda rng: (rng.uniform(-1.0, 2.0, 5),),
        of_all_paths,
        "c_k sums the products of every k different slopes; c_0 = 1 is the path past "
        "all branches, and 5 layers make 6 numbers.",
    ),
    ManyPaths(),
]
