"""Problem 8: labels that are dropped, and what they change when exaggerated."""

import numpy as np

from autograder.checks import Check, compare

from .common import told, verdict

BATCH, NULL = 12, 6


class Dropped(Check):
    name = "guidance/dropped-labels"

    def inputs(self, rng):
        uniform = [*rng.uniform(0.01, 0.49, 5), 0.5, *rng.uniform(0.51, 0.99, 6)]
        return {
            "labels": rng.integers(0, NULL, BATCH),
            "uniform": rng.permutation(uniform),
            "drops": [0.5, 0.0, 1.0],
            "null": NULL,
        }

    @staticmethod
    def run(student, labels, uniform, drops, null):
        return [student.drop_labels(labels, uniform, drop, null) for drop in drops]

    def mark(self, result, inputs):
        for own, drop in zip(result, inputs["drops"], strict=True):
            below = inputs["uniform"] < drop
            expected = np.where(below, NULL, inputs["labels"])
            if compare(own, expected):
                return verdict(
                    f"`drop_labels` with drop = {drop}: a label becomes `null` where "
                    f"its own number is below `drop`, and stays as it is elsewhere."
                )
        return verdict(None)


class Guided(Check):
    """The denoiser tells the wanted labels from all others, whichever those are."""

    question = "guidance/guided-noise"

    def inputs(self, rng):
        return {
            "x_t": rng.normal(size=(4, 3)),
            "t": rng.permutation(4),
            "labels": rng.permutation(4) + 1,
            "weights": [0.0, 1.0, float(rng.uniform(1.5, 4)), -1.0],
            "null": NULL,
        }

    @staticmethod
    def run(student, x_t, t, labels, weights, null):
        from keras import ops

        wanted = ops.convert_to_numpy(labels).tolist()
        seen = []

        def denoiser(x, t, labels):
            given = np.array(-1 if labels is None else ops.convert_to_numpy(labels))
            rows = np.broadcast_to(given.ravel(), (len(x),)) if given.size else []
            whole = given.shape == (len(x),) and given.dtype.kind in "iu"
            seen.append({"labels": given, "whole": whole})
            known = np.array([[float(row in wanted)] for row in rows], "float32")
            told = np.array([[0.5 * float(row)] for row in rows], "float32")
            known, told = ops.convert_to_tensor(known), ops.convert_to_tensor(told)
            x = ops.convert_to_tensor(x, dtype="float32")
            steps = ops.expand_dims(ops.cast(t, "float32"), 1)
            return x * (0.5 + 0.1 * steps) + known * (x - told)

        noises = [
            student.guided_noise(denoiser, x_t, t, labels, w, null) for w in weights
        ]
        return {"noises": noises, "seen": seen[:50]}


class Exaggerated(Guided):
    name = "guidance/combination"

    def mark(self, result, inputs):
        x, t = inputs["x_t"], inputs["t"][:, None]
        label = 0.5 * inputs["labels"][:, None]
        without = x * (0.5 + 0.1 * t)
        for own, weight in zip(result["noises"], inputs["weights"], strict=True):
            difference = compare(own, without + weight * (x - label), 1e-3)
            if difference:
                look_at = "look at which of the two is multiplied, and what is added."
                subject = f"`guided_noise` with guidance {weight:.2g}"
                return verdict(told(subject, difference, look_at))
        return verdict(None)


class NullLabels(Guided):
    """All that the denoiser is told is the labels and `null`, one per example."""

    name = "guidance/batch-of-null"

    def mark(self, result, inputs):
        allowed = [NULL, *inputs["labels"]]
        for each in result["seen"]:
            if not each["whole"] or not np.all(np.isin(each["labels"], allowed)):
                return verdict(
                    f"`guided_noise` gives the denoiser labels of shape "
                    f"{np.shape(each['labels'])} that are neither the given ones nor a "
                    f"whole batch of `null`, as integers."
                )
        if any(NULL in np.ravel(each["labels"]) for each in result["seen"]):
            return verdict(None)
        return verdict("`guided_noise` never asks the denoiser with `null`.")


checks = [Dropped(), Exaggerated(), NullLabels()]
