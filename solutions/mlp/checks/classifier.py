"""Problem 8: a classifier of digits."""

import functools

import numpy as np
from sklearn.datasets import load_digits

from autograder.checks import Check, Learns, Verdict, compare

from .common import array, verdict


@functools.cache
def digits():
    """All digits that scikit-learn has: (1797, 64) in [0, 1], and their labels."""
    bunch = load_digits()
    return bunch.data / 16, bunch.target


def renamed_digits(rng, train=1000, validation=300):
    """Digits whose classes are renamed at random, so that only y_train tells them."""
    images, labels = digits()
    order = rng.permutation(len(images))
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
    at_least=0.85,
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
        centres = rng.random((40, 64))  # cluster c is of class c % 10

        def drawn(clusters, each):
            clusters = rng.permutation(np.repeat(clusters, each))
            noise = rng.normal(0, 0.05, (len(clusters), 64))
            return np.clip(centres[clusters] + noise, 0, 1), clusters % 10

        known = np.flatnonzero(np.arange(40) % 10 < 5)
        x_train, y_train = drawn(known, 25)
        x_validation, y_validation = drawn(np.arange(40), 8)
        x_test, y_test = drawn(np.setdiff1d(np.arange(40), known), 10)
        return {
            "data": [x_train, y_train, x_validation, y_validation, x_test],
            "y_test": y_test,
        }

    @staticmethod
    def run(student, data):
        *known, x_test = (np.asarray(ops.convert_to_numpy(a)) for a in data)  # noqa: F821
        return student.train_classifier(*known).predict(x_test, verbose=0)


class ValidationOnlyWatched(UnknownClasses):
    name = "classifier/validation-only-watched"
    most = 0.4

    def mark(self, result, inputs):
        scores = array(result)
        if scores is None or scores.ndim != 2:
            return verdict("The model's predictions are not (examples, classes).")
        knows = float(np.mean(scores.argmax(axis=1) == inputs["y_test"]))
        if knows <= self.most:
            return Verdict(1.0)
        return verdict(
            f"The model knows {knows:.0%} of examples of classes that occur only in "
            f"the validation set: its weights have learned from it. Pass it as "
            f"`validation_data`, never as training data."
        )


class Probabilities(UnknownClasses):
    name = "classifier/probabilities"

    def mark(self, result, inputs):
        scores, expected = array(result), (len(inputs["y_test"]), 10)
        shape = None if scores is None else scores.shape
        if shape != expected:
            return verdict(
                f"The model predicts shape {shape} for {expected[0]} examples, "
                f"expected {expected}."
            )
        totals = scores.sum(axis=1)
        if scores.min() < -1e-4 or compare(totals, np.ones(len(totals)), 1e-3):
            return verdict(
                f"The model's predictions are no probabilities: their rows sum to "
                f"{totals.min():.2g} ... {totals.max():.2g}, the smallest value is "
                f"{scores.min():.2g}. Look at the last activation."
            )
        return Verdict(1.0)


checks = [
    learns,
    ValidationOnlyWatched(),
    Probabilities(),
]
