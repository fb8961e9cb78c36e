"""Problem 3: the thirteen losses, in families."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array
from .softmax import softmax, surprises


def hinges(targets, outputs, power):
    return np.sum(np.maximum(0.0, 1.0 - targets * outputs) ** power, axis=1)


def common_part(targets, p):
    """<p, y>, ||p||^2, ||y||^2 of each example."""
    return [
        np.sum(a * b, axis=1) for a, b in ((p, targets), (p, p), (targets, targets))
    ]


def tanimoto(targets, p):
    both, of_p, of_y = common_part(targets, p)
    return -both / (of_p + of_y - both)


def cauchy_schwarz(targets, p):
    both, of_p, of_y = common_part(targets, p)
    return -np.log(both / np.sqrt(of_p * of_y))


# Each of (targets, outputs, softmax of the outputs), one value per example.
LOSSES = {
    "sum_of_squared_errors": lambda t, o, p: np.sum((o - t) ** 2, axis=1),
    "l1": lambda t, o, p: np.sum(np.abs(o - t), axis=1),
    "l2": lambda t, o, p: np.sum((o - t) ** 2, axis=1),
    "expectation": lambda t, o, p: np.sum(np.abs(p - t), axis=1),
    "regularised_expectation": lambda t, o, p: np.sum((p - t) ** 2, axis=1),
    "chebyshev": lambda t, o, p: np.max(np.abs(p - t), axis=1),
    "hinge": lambda t, o, p: hinges(t, o, 1),
    "squared_hinge": lambda t, o, p: hinges(t, o, 2),
    "cubed_hinge": lambda t, o, p: hinges(t, o, 3),
    "log_loss": lambda t, o, p: surprises(o, t.argmax(axis=1)),
    "squared_log": lambda t, o, p: surprises(o, t.argmax(axis=1)) ** 2,
    "tanimoto": lambda t, o, p: tanimoto(t, p),
    "cauchy_schwarz": lambda t, o, p: cauchy_schwarz(t, p),
}
HINGES = ("hinge", "squared_hinge", "cubed_hinge")  # of -1 and 1, not one-hot


class Losses(Check):
    """Some losses of the same examples; each that is right earns its share.

    One that raises costs no other: what it raised is its answer.
    """

    question = "losses/values"
    names = tuple(LOSSES)
    scale = 1.5

    def inputs(self, rng):
        examples, classes = 5, 4
        one_hot = np.eye(classes)[rng.integers(0, classes, examples)]
        signs = rng.choice([-1.0, 1.0], (examples, classes))
        return {
            "names": list(LOSSES),
            "targets": [signs if name in HINGES else one_hot for name in LOSSES],
            "outputs": self.scale * rng.normal(size=(examples, classes)),
        }

    @staticmethod
    def run(student, names, targets, outputs):
        values = {}
        for name, wanted in zip(names, targets, strict=True):
            try:
                value = getattr(student, name)(wanted, outputs)
                if value is not None:
                    value = np.asarray(ops.convert_to_numpy(value))  # noqa: F821
                values[name] = value
            except Exception as error:
                values[name] = f"{type(error).__name__}: {error}"[:200]
        return values

    def mark(self, result, inputs):
        wrong, outputs = {}, inputs["outputs"]
        of_name = dict(zip(inputs["names"], inputs["targets"], strict=True))
        for name in self.names:
            targets = np.asarray(of_name[name], "float64")
            expected = LOSSES[name](targets, outputs, softmax(outputs))
            sentence = self.raised(result[name]) or self.differs(
                result[name], expected, outputs.shape[1]
            )
            if sentence:
                wrong[name] = f"`{name}` {sentence}: {self.look_at}"
        if not wrong:
            return Verdict(1.0)
        return Verdict(1 - len(wrong) / len(self.names), next(iter(wrong.values())))

    def raised(self, value):
        if not isinstance(value, str):
            return None
        known = value.startswith(("NotImplementedError", "NotDefined"))
        return "is not answered yet" if known else f"raised {value}"

    def differs(self, value, expected, classes):
        """Right as well is what another sum makes of it: that is a check's own idea."""
        per_batch = [expected.mean(), expected.sum(), expected.mean() / classes]
        allowed = [expected, expected / classes, *per_batch]
        differences = [compare(value, each) for each in allowed]
        return None if None in differences else differences[0]


class OnePerExample(Losses):
    name = "losses/one-value-per-example"
    look_at = "sum over the classes, and leave the examples apart."

    def differs(self, value, expected, classes):
        value = array(value)
        if value is None or value.shape != expected.shape:
            shape = None if value is None else value.shape
            return f"has shape {shape} for {len(expected)} examples"
        if compare(value, expected) and not compare(value, expected / classes):
            return f"is a mean over the {classes} classes"


class Distances(Losses):
    name = "losses/distances"
    names = ("sum_of_squared_errors", "l1", "l2")
    look_at = "it compares targets and outputs as they are; look at squares and roots."


class Expectations(Losses):
    name = "losses/expectations"
    names = ("expectation", "regularised_expectation", "chebyshev")
    look_at = (
        "it compares targets with probabilities; look at squares, sums and maxima."
    )


class Hinges(Losses):
    name = "losses/hinges"
    names = HINGES
    look_at = (
        "each class misses the margin of 1 by max(0, 1 - y o), of the output o itself; "
        "look at what is raised to a power."
    )


class Logarithms(Losses):
    name = "losses/logarithms"
    names = ("log_loss", "squared_log")
    look_at = "a loss falls as the right class's probability rises; look at the sign."


class Similarities(Losses):
    name = "losses/similarities"
    names = ("tanimoto", "cauchy_schwarz")
    look_at = "a loss falls as p and y agree; look at the sign and at the two norms."


class LargeLogits(Losses):
    name = question = "losses/large-logits"
    names = ("log_loss", "squared_log")
    scale = 700.0
    look_at = "for outputs around 1000 a probability becomes 0, its logarithm must not."

    def differs(self, value, expected, classes):
        """Whatever the sign and the sum: these are other checks' ideas."""
        found = [
            super(LargeLogits, self).differs(value, sign * expected, classes)
            for sign in (1, -1)
        ]
        return None if None in found else found[0]

    def inputs(self, rng):
        outputs = super().inputs(rng)["outputs"]
        worst = np.eye(outputs.shape[1])[np.argmin(outputs, axis=1)]
        targets = [worst] * len(self.names)  # the surprise is as large as can be
        return {"names": list(self.names), "targets": targets, "outputs": outputs}


checks = [
    OnePerExample(),
    Distances(),
    Expectations(),
    Hinges(),
    Logarithms(),
    Similarities(),
    LargeLogits(),
]
