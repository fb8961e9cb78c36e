"""Problem 2: softmax and cross-entropy."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, sizes, told, verdict


def softmax(logits, axis=-1):
    logits = np.asarray(logits, dtype="float64")
    exponentials = np.exp(logits - logits.max(axis=axis, keepdims=True))
    return exponentials / exponentials.sum(axis=axis, keepdims=True)


def over_any_axis(result, logits):
    """How the result differs from a softmax over the classes, the batch, or both."""
    return [compare(result, softmax(logits, axis)) for axis in (1, 0, None)]


def surprises(logits, labels):
    """The cross-entropy of each example, by a slow loop."""
    values = []
    for row, label in zip(np.asarray(logits, "float64"), labels, strict=True):
        values.append(np.log(np.sum(np.exp(row - row.max()))) - row[label] + row.max())
    return np.array(values)


def logits_and_labels(rng, examples, classes, scale=2.0):
    logits = scale * rng.normal(size=(examples, classes))
    return logits, rng.integers(0, classes, examples)


class SoftmaxAxis(Check):
    name = "softmax/sums-over-the-last-axis"

    def inputs(self, rng):
        a, b, c = sizes(rng, 3)
        return {"two": 2 * rng.normal(size=(a, b)), "three": rng.normal(size=(c, a, b))}

    @staticmethod
    def run(student, two, three):
        return [student.softmax(two), student.softmax(three)]

    def mark(self, result, inputs):
        for part, logits in zip(result, (inputs["two"], inputs["three"]), strict=True):
            if array(part) is None or array(part).shape != logits.shape:
                return verdict(
                    f"`softmax` does not keep the shape {logits.shape} of its logits."
                )
            totals = array(part).sum(axis=-1)
            if difference := compare(totals, np.ones_like(totals), 1e-3):
                look_at = "look at the axis of the sum, and at `keepdims`."
                text = f"The sums over the last axis of `softmax` of {logits.shape}"
                return verdict(
                    told(text, f"are not 1; their array {difference}", look_at)
                )
        return Verdict(1.0)


class SoftmaxValues(Check):
    """Right over whatever axis: which one is another check's idea."""

    name = "softmax/values"
    shift = 0.0
    look_at = "each value is exp(logit) divided by the sum of all of them."

    def inputs(self, rng):
        shift = self.shift * rng.choice([-1, 1])
        return {"logits": 2 * rng.normal(size=sizes(rng, 2)) + shift}

    @staticmethod
    def run(student, logits):
        return student.softmax(logits)

    def mark(self, result, inputs):
        differences = over_any_axis(result, inputs["logits"])
        if None in differences:
            return Verdict(1.0)
        return verdict(told("`softmax`", differences[0], self.look_at))


class SoftmaxOfLargeLogits(SoftmaxValues):
    name = "softmax/large-logits"
    shift = 900.0
    look_at = "with logits around 900 exp overflows. What can you subtract first?"


class CrossEntropyOfOne(Check):
    name = "softmax/cross-entropy"

    def inputs(self, rng):
        logits, labels = logits_and_labels(rng, 5, 4)
        return {"logits": logits, "labels": labels}

    @staticmethod
    def run(student, logits, labels):
        one = student.cross_entropy
        return [one(logits[i : i + 1], labels[i : i + 1]) for i in range(5)]

    def mark(self, result, inputs):
        own = array([np.squeeze(array(value)) for value in result])
        expected = surprises(inputs["logits"], inputs["labels"])
        difference = compare(own, expected) if own is not None else "is not a number"
        look_at = "one example's loss is minus the log-probability of its own label."
        return verdict(told("`cross_entropy` of one example", difference, look_at))


class CrossEntropyMean(Check):
    """The loss of a batch is the mean of the student's own losses of its examples."""

    name = "softmax/batch-mean"

    def inputs(self, rng):
        logits, labels = logits_and_labels(rng, 5, 3)
        return {"logits": logits, "labels": labels}

    @staticmethod
    def run(student, logits, labels):
        one = student.cross_entropy
        alone = [one(logits[i : i + 1], labels[i : i + 1]) for i in range(5)]
        return {"batch": one(logits, labels), "alone": alone}

    def mark(self, result, inputs):
        alone = array([np.squeeze(array(value)) for value in result["alone"]])
        if alone is None or np.ptp(alone) < 1e-3:
            return verdict("`cross_entropy` is the same for every example.")
        difference = compare(result["batch"], np.mean(alone))
        if difference and compare(result["batch"], np.sum(alone)) is None:
            difference = "is the sum of the examples' losses"
        look_at = "for a batch it is the mean; look at how labels and rows are paired."
        return verdict(told("`cross_entropy` of 5 examples", difference, look_at))


class CrossEntropyOfLargeLogits(Check):
    """Finite earns half; right, the whole."""

    name = "softmax/cross-entropy-of-large-logits"

    def inputs(self, rng):
        rows, labels = logits_and_labels(rng, 1, 4)
        labels[:] = np.argmin(rows, axis=1)  # the surprise is as large as can be
        return {"logits": 700.0 * rows, "labels": labels}

    @staticmethod
    def run(student, logits, labels):
        return student.cross_entropy(logits, labels)

    def mark(self, result, inputs):
        expected = surprises(inputs["logits"], inputs["labels"])[0]
        value = array(result)
        if value is None or value.size != 1:
            return verdict(
                "`cross_entropy` is not finite for logits around 1000: look for the "
                "logarithm of a probability that was rounded to 0."
            )
        if compare(value.ravel()[0], expected, 1e-3) is None:
            return Verdict(1.0)
        return Verdict(
            0.5,
            "`cross_entropy` is finite for logits around 1000, but not right: was a "
            "logarithm clipped? Work with the logits, not with probabilities.",
        )


class Jacobian(Check):
    question = "softmax/jacobian"

    def inputs(self, rng):
        return {"logits": rng.normal(size=sizes(rng, 1)[0])}

    @staticmethod
    def run(student, logits):
        return student.softmax_jacobian(logits)

    def mark(self, result, inputs):
        p = softmax(inputs["logits"])
        expected, own = np.diag(p) - np.outer(p, p), array(result)
        if own is None or own.shape != expected.shape:
            shape = None if own is None else own.shape
            return verdict(
                f"`softmax_jacobian` has shape {shape} for {len(p)} logits, expected "
                f"{expected.shape}: a row per probability, a column per logit."
            )
        place = np.eye(len(p), dtype=bool) == self.on_diagonal
        difference = compare(own[place], expected[place])
        return verdict(told(self.subject, difference, self.look_at))


class JacobianDiagonal(Jacobian):
    name, on_diagonal = "softmax/jacobian-diagonal", True
    subject = "The diagonal of `softmax_jacobian`"
    look_at = "how fast does a probability grow with its own logit?"


class JacobianOffDiagonal(Jacobian):
    name, on_diagonal = "softmax/jacobian-off-diagonal", False
    subject = "`softmax_jacobian` off the diagonal"
    look_at = "what one class gains the others lose: look at the sign and at the pairs."


checks = [
    SoftmaxAxis(),
    SoftmaxValues(),
    SoftmaxOfLargeLogits(),
    CrossEntropyOfOne(),
    CrossEntropyMean(),
    CrossEntropyOfLargeLogits(),
    JacobianDiagonal(),
    JacobianOffDiagonal(),
]
