"""Problem 7: gradient descent of what is trainable."""

import numpy as np

from autograder.checks import Check, compare

from .common import array, told, verdict

STEPS, EXAMPLES, CLASSES = 3, 40, 3


def softmax_of(logits):
    kernel = np.exp(logits - logits.max(axis=1, keepdims=True))
    return kernel / kernel.sum(axis=1, keepdims=True)


def descended(features, labels, kernel, bias, rate):
    """The head after STEPS steps, and the loss before each."""
    targets = np.eye(CLASSES)[labels]
    losses = []
    for _ in range(STEPS):
        p = softmax_of(features @ kernel + bias)
        losses.append(-np.mean(np.log(np.sum(p * targets, axis=1))))
        slopes = (p - targets) / len(features)
        kernel = kernel - rate * features.T @ slopes
        bias = bias - rate * slopes.sum(axis=0)
    return kernel, bias, losses


class FineTune(Check):
    """A network whose last layer alone is trainable, with a frozen norm."""

    question = "transfer/fine-tune"

    def inputs(self, rng):
        shapes = ((4, 3), (3,), (3,), (3,), (3,), None, (3, CLASSES), (CLASSES,))
        weights = [
            rng.uniform(0.5, 2.0, 3) if shape is None else rng.normal(size=shape)
            for shape in shapes
        ]
        return {
            "x": rng.normal(size=(EXAMPLES, 4)),
            "labels": rng.integers(0, CLASSES, EXAMPLES),
            "weights": weights,
            "rate": float(rng.uniform(0.4, 0.8)),
            "steps": STEPS,
        }

    @staticmethod
    def run(student, x, labels, weights, rate, steps):
        layers = keras.layers  # noqa: F821
        hidden = layers.Dense(4 - 1, activation="tanh")
        parts = [hidden, layers.BatchNormalization(), layers.Dense(3)]
        model = keras.Sequential([keras.Input((4,)), *parts])  # noqa: F821
        own = [*hidden.weights]
        own += [getattr(parts[1], n) for n in ("gamma", "beta")]
        own += [parts[1].moving_mean, parts[1].moving_variance, *parts[2].weights]
        for weight, value in zip(own, weights, strict=True):
            weight.assign(value)
        parts[0].trainable = parts[1].trainable = False
        losses = student.fine_tune(model, x, labels, rate, steps)
        return {"losses": losses, "weights": [w.value for w in own]}

    def expected(self, inputs):
        kernel, bias, gamma, beta, mean, variance, *head = inputs["weights"]
        hidden = np.tanh(inputs["x"] @ kernel + bias)
        features = gamma * (hidden - mean) / np.sqrt(variance + 1e-3) + beta
        return descended(features, inputs["labels"], *head, inputs["rate"])


class Descent(FineTune):
    name = "transfer/gradient-descent"

    def mark(self, result, inputs):
        frozen, own = result["weights"][:6], result["weights"][6:]
        if compare(frozen, inputs["weights"][:6], 1e-5):
            return verdict(
                "`fine_tune` changes weights or running averages that were frozen when "
                "it was called: train what is trainable, and leave that as it is."
            )
        kernel, bias, _ = self.expected(inputs)
        difference = compare(own, [kernel, bias], 1e-3)
        look_at = (
            "compared with gradient descent on all examples: look at the optimizer, "
            "the number of steps, the size of a batch, and whether the loss takes "
            "logits."
        )
        return verdict(told("The last layer after `fine_tune`", difference, look_at))


class LossBefore(FineTune):
    name = "transfer/loss-before-each-step"

    def mark(self, result, inputs):
        losses, expected = array(result["losses"]), self.expected(inputs)[2]
        if losses is None or losses.ravel().shape != (STEPS,):
            return verdict(f"`fine_tune` returns a loss for each of {STEPS} steps.")
        difference = compare(losses.ravel()[0], expected[0], 1e-3)
        look_at = "it is the mean cross-entropy of the model as it was handed over."
        return verdict(told("The first loss of `fine_tune`", difference, look_at))


checks = [Descent(), LossBefore()]
