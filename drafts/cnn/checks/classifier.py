"""Problem 8: a convolutional classifier of digits."""

import functools

import numpy as np
from sklearn.datasets import load_digits

from autograder.checks import Check, Learns, Verdict, compare

from .common import array, verdict


@functools.cache
def digits():
    """All digits that scikit-learn has: (1797, 8, 8, 1) in [0, 1], and their labels."""
    bunch = load_digits()
    return bunch.images[..., None] / 16, bunch.target


def renamed_digits(rng, train=700, validation=100, test=500):
    """Digits whose classes are renamed at random, so that only y_train tells them."""
    images, labels = digits()
    order = rng.permutation(len(images))[: train + validation + test]
    x, y = images[order], rng.permutation(10)[labels[order]]
    parts = np.split(np.arange(len(x)), [train, train + validation])
    names = ("train", "validation", "test")
    data = {}
    for name, part in zip(names, parts, strict=True):
        data |= {f"x_{name}": x[part], f"y_{name}": y[part]}
    return data


class LearnsFromArrays(Learns):
    """`Learns`, with the data as NumPy arrays."""

    @staticmethod
    def run(student, function, x_train, y_train, x_validation, y_validation, x_test):
        data = (x_train, y_train, x_validation, y_validation, x_test)
        *known, x_test = (np.asarray(ops.convert_to_numpy(a)) for a in data)  # noqa: F821
        return getattr(student, function)(*known).predict(x_test, verbose=0)


learns = LearnsFromArrays(
    "classifier/learns-the-given-labels",
    "train_classifier",
    renamed_digits,
    at_least=0.75,
    look_at="the classes were renamed, so only `y_train` tells them. Look at the loss, "
    "the learning rate and the number of epochs.",
    weight=2.0,
    seconds=30,
)


class UnknownClasses(Check):
    """Classes 5 to 9 occur in the validation set alone: nothing may know them."""

    question = "classifier/unknown-classes"
    seconds = 30

    def inputs(self, rng):
        images, labels = digits()
        order = rng.permutation(len(images))
        x, y = images[order], rng.permutation(10)[labels[order]]
        known, unknown = np.flatnonzero(y < 5), np.flatnonzero(y >= 5)
        seen, watched, test = known[:192], unknown[:192], unknown[192:320]
        return {
            "data": [x[seen], y[seen], x[watched], y[watched], x[test]],
            "y_test": y[test],
        }

    @staticmethod
    def run(student, data):
        *known, x_test = (np.asarray(ops.convert_to_numpy(a)) for a in data)  # noqa: F821
        model = student.train_classifier(*known)
        shapes = [[int(side) for side in weight.shape] for weight in model.weights]
        return {"scores": model.predict(x_test, verbose=0), "shapes": shapes}


class ValidationOnlyWatched(UnknownClasses):
    name = "classifier/validation-only-watched"
    most = 0.3

    def mark(self, result, inputs):
        scores = array(result["scores"])
        if scores is None or scores.ndim != 2:
            return verdict("The model's predictions are not (examples, classes).")
        knows = float(np.mean(scores.argmax(axis=1) == inputs["y_test"]))
        if knows <= self.most:
            return Verdict(1.0)
        return verdict(
            f"The model knows {knows:.0%} of digits of classes that occur only in the "
            f"validation set: its weights have learned from it. Pass it as "
            f"`validation_data`, never as training data."
        )


class Probabilities(UnknownClasses):
    name = "classifier/probabilities"

    def mark(self, result, inputs):
        scores, expected = array(result["scores"]), (len(inputs["y_test"]), 10)
        shape = None if scores is None else scores.shape
        if shape != expected:
            return verdict(
                f"The model predicts shape {shape} for {expected[0]} examples, "
                f"expected {expected}: an output for each of the ten classes."
            )
        totals = scores.sum(axis=1)
        if scores.min() < -1e-4 or compare(totals, np.ones(len(totals)), 1e-3):
            return verdict(
                f"The model's predictions are no probabilities: their rows sum to "
                f"{totals.min():.2g} ... {totals.max():.2g}, the smallest value is "
                f"{scores.min():.2g}. Look at the last activation."
            )
        return Verdict(1.0)


class SmallAndConvolutional(UnknownClasses):
    name = "classifier/small-and-convolutional"

    def mark(self, result, inputs):
        shapes = result["shapes"]
        total = sum(int(np.prod(shape)) for shape in shapes)
        if not any(len(shape) == 4 for shape in shapes):
            return verdict("The model has no weight of four axes: no convolution.")
        sentence = (
            f"The model has {total} parameters, at most 20 000 are allowed: most sit "
            f"in the first dense layer."
        )
        return verdict(sentence if total > 20_000 else None)


checks = [
    learns,
    ValidationOnlyWatched(),
    Probabilities(),
    SmallAndConvolutional(),
]
