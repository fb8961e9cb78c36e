"""Problem 10: a classifier of digits.

One training answers all three questions: it costs most of what marking costs.
"""

import functools

import numpy as np
from sklearn.datasets import load_digits

from autograder.checks import Check, compare

from .common import array, told, verdict

UNSEEN = 9  # the class that no training example has
SPOTS = 12


@functools.cache
def digits():
    """All digits that scikit-learn has: (1797, 64) in [0, 1], and their labels."""
    bunch = load_digits()
    return bunch.data / 16, bunch.target


def nine_classes(rng):
    """Digits without one of the ten, the others renamed at random to 0 ... 8.

    So only `y_train` tells the names.
    """
    images, labels = digits()
    left_out, names = int(rng.integers(10)), np.arange(10)
    while np.sum(names == np.arange(10)) > 2:  # hardly any keeps its own name
        names = np.insert(rng.permutation(9), left_out, UNSEEN)
    rows = rng.permutation(np.flatnonzero(labels != left_out))
    return images[rows], names[labels[rows]]


def spots(rng, *numbers):
    """Images that are no digits, of twelve patterns, and their labels, a pair per use.

    The labels are drawn: who has not learned from them knows about a ninth.
    """
    patterns = rng.random((SPOTS, 64))
    names = np.append(rng.permutation(np.arange(SPOTS - 1) % UNSEEN), UNSEEN)
    for number in numbers:
        which = np.repeat(np.arange(SPOTS), number)
        noise = rng.normal(0, 0.05, (len(which), 64))
        yield np.clip(patterns[which] + noise, 0, 1), names[which]


class Classifier(Check):
    """A few validation examples are like nothing in the training data.

    They are so few that early stopping on the validation loss is hardly misled. One of
    their labels is that of the class which occurs nowhere else.
    """

    question = "classifier/model"
    seconds = 30
    needed = 0.5  # of the digits that must be right before anything else counts
    train, validation = 900, 250

    def inputs(self, rng):
        x, y = nine_classes(rng)
        parts = np.split(np.arange(len(x)), np.cumsum([self.train, self.validation]))
        (x_seen, y_seen), (x_kept, y_kept) = spots(rng, 2, 4)
        order = rng.permutation(self.validation + len(x_seen))
        x_watched = np.concatenate([x[parts[1]], x_seen])[order]
        y_watched = np.append(y[parts[1]], y_seen)[order]
        return {
            "data": [x[parts[0]], y[parts[0]], x_watched, y_watched],
            "x_test": np.concatenate([x[parts[2]], x_kept]),
            "y_test": y[parts[2]],
            "y_kept": y_kept,
        }

    @staticmethod
    def run(student, data, x_test):
        known = [np.asarray(ops.convert_to_numpy(part)) for part in data]  # noqa: F821
        model = student.train_classifier(*known)
        return model.predict(np.asarray(ops.convert_to_numpy(x_test)), verbose=0)  # noqa: F821

    def mark(self, result, inputs):
        scores, labels = array(result), inputs["y_test"]
        if scores is None or scores.ndim != 2 or len(scores) != len(inputs["x_test"]):
            return verdict(
                "The model's predictions are not an array (examples, classes) of "
                "finite numbers."
            )
        guesses = scores.argmax(axis=1)
        accuracy = float(np.mean(guesses[: len(labels)] == labels))
        if accuracy < self.needed:
            return verdict(
                f"The model gets {accuracy:.0%} of unseen digits right, so it has not "
                f"learned the given labels, and nothing else is judged."
            )
        knows = float(np.mean(guesses[len(labels) :] == inputs["y_kept"]))
        return verdict(self.wrong(scores, accuracy, knows))


class LearnsLabels(Classifier):
    name = "classifier/learns-the-given-labels"
    weight = 2.0

    def wrong(self, scores, accuracy, knows):
        if accuracy < 0.85:
            return (
                f"The model gets {accuracy:.0%} of unseen digits right, expected at "
                f"least 85%: look at the loss, the learning rate and the number of "
                f"epochs."
            )


class ValidationOnlyWatched(Classifier):
    name = "classifier/validation-only-watched"

    def wrong(self, scores, accuracy, knows):
        if knows > 0.6:
            return (
                f"The model knows {knows:.0%} of images whose like occurs only in the "
                f"validation set: its weights have learned from it. Pass it as "
                f"`validation_data`, never as training data."
            )


class Probabilities(Classifier):
    name = "classifier/probabilities"

    def wrong(self, scores, accuracy, knows):
        if scores.shape[1] != 10:
            return (
                f"The model predicts {scores.shape[1]} columns, expected a probability "
                f"for each of ten classes."
            )
        totals = scores.sum(axis=1)
        difference = compare(totals, np.ones(len(totals)), 1e-3)
        if scores.min() < -1e-4:
            difference = f"goes with values as small as {scores.min():.2g}"
        look_at = "these are no probabilities. Look at the last activation."
        return told("The sum of the model's ten outputs", difference, look_at)


checks = [
    LearnsLabels(),
    ValidationOnlyWatched(),
    Probabilities(),
]
