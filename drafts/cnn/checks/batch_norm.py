"""Problem 7: batch normalisation."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, first, told, verdict

SMALL = 1e-5


def per_channel(x):
    """Mean and variance over all axes but the last."""
    flat = np.asarray(x, "float64").reshape(-1, x.shape[-1])
    return flat.mean(axis=0), flat.var(axis=0)


class Training(Check):
    question = "batch_norm/training"

    def inputs(self, rng):
        return {
            "x": 2 * rng.normal(size=(4, 3, 2, 5)) + rng.normal(size=5),
            "one": np.ones(5),
            "zero": np.zeros(5),
            "gamma": rng.uniform(1.5, 3.0, 5),
            "beta": rng.normal(size=5),
            "old_mean": rng.normal(size=5),
            "old_variance": rng.uniform(1.0, 2.0, 5),
            "epsilon": SMALL,
        }

    @staticmethod
    def run(student, x, one, zero, gamma, beta, old_mean, old_variance, epsilon):
        of = student.batch_norm_training
        return {
            "plain": list(of(x, one, zero, zero, zero, 0.5, epsilon)),
            "scaled": list(of(x, gamma, beta, zero, one, 0.5, epsilon)),
            "even": list(of(0 * x, one, zero, old_mean, old_variance, 0.9, epsilon)),
        }


class Normalised(Training):
    name = "batch_norm/normalised"
    weight = 2.0

    def mark(self, result, inputs):
        mean, variance = per_channel(inputs["x"])
        expected = (inputs["x"] - mean) / np.sqrt(variance + SMALL)
        look_at = (
            "with gamma = 1 and beta = 0 every channel gets mean 0 and variance 1, "
            "over the batch and all places. Look at the axes, at m, and at the root."
        )
        difference = compare(result["plain"][0], expected, 1e-3)
        return verdict(told("`batch_norm_training`: y", difference, look_at))


class ScaleAndShift(Training):
    name = "batch_norm/gamma-and-beta"

    def mark(self, result, inputs):
        plain = array(result["plain"][0])
        if plain is None or plain.shape != inputs["x"].shape:
            return verdict("`batch_norm_training`: y does not have the shape of x.")
        expected = inputs["gamma"] * plain + inputs["beta"]
        difference = compare(result["scaled"][0], expected, 1e-3)
        look_at = "compared with gamma times your own y for gamma 1 and beta 0, + beta."
        return verdict(told("`batch_norm_training`: y", difference, look_at))


class RunningAverages(Training):
    """From 0, with a momentum of one half: which half is which does not show."""

    name = "batch_norm/running-averages"

    def mark(self, result, inputs):
        mean, variance = per_channel(inputs["x"])
        look_at = "at momentum 0.5, after averages of 0, half of the batch's own."
        return verdict(
            first(
                told(
                    "The new running mean",
                    compare(result["plain"][1], mean / 2),
                    look_at,
                ),
                told(
                    "The new running variance",
                    compare(result["plain"][2], variance / 2, 1e-3),
                    look_at,
                ),
            )
        )


class Momentum(Training):
    """A batch of zeros: what is left is the share of the old averages."""

    name = "batch_norm/momentum"

    def mark(self, result, inputs):
        look_at = "after a batch of zeros only `momentum` times the old one is left."
        return verdict(
            first(
                told(
                    "The new running mean",
                    compare(result["even"][1], 0.9 * inputs["old_mean"]),
                    look_at,
                ),
                told(
                    "The new running variance",
                    compare(result["even"][2], 0.9 * inputs["old_variance"]),
                    look_at,
                ),
            )
        )


class Epsilon(Check):
    """One channel of several examples, or of several places: any axes will do."""

    name = "batch_norm/epsilon"

    def inputs(self, rng):
        return {
            "examples": rng.normal(size=(8, 1, 1, 1)),
            "places": rng.normal(size=(1, 8, 1, 1)),
            "one": np.ones(1),
            "zero": np.zeros(1),
            "variance": np.array([0.3]),
            "epsilon": 0.5,
        }

    @staticmethod
    def run(student, examples, places, one, zero, variance, epsilon):
        def training(x):
            given = (one, zero, zero, one, 0.5, epsilon)
            return student.batch_norm_training(x, *given)[0]

        given = (one, zero, zero, variance, epsilon)
        return {
            "training": [training(examples), training(places)],
            "inference": [student.batch_norm_inference(examples, *given)],
        }

    def mark(self, result, inputs):
        return verdict(
            self.wrong(result, inputs, "training")
            or self.wrong(result, inputs, "inference")
        )

    def wrong(self, result, inputs, when):
        """None if some mean and variance that the student may have taken fits."""
        differences = []
        for own, x in zip(
            result[when], (inputs["examples"], inputs["places"]), strict=False
        ):
            for variance in (x.var(), x.var(ddof=1), inputs["variance"][0]):
                for centre in (x.mean(), 0.0):
                    expected = (x - centre) / np.sqrt(variance + 0.5)
                    differences.append(compare(own, expected, 1e-3))
        if None in differences:
            return None
        look_at = "epsilon = 0.5 is added to the variance, before the root."
        return told(f"`batch_norm_{when}` with epsilon 0.5", differences[0], look_at)


class Inference(Check):
    name = "batch_norm/inference"
    weight = 1.5

    def inputs(self, rng):
        return {
            "x": rng.normal(size=(4, 3, 2, 5)),
            "gamma": rng.uniform(1.5, 3.0, 5),
            "beta": rng.normal(size=5),
            "mean": rng.normal(size=5),
            "variance": rng.uniform(1.0, 3.0, 5),
            "epsilon": SMALL,
        }

    @staticmethod
    def run(student, x, gamma, beta, mean, variance, epsilon):
        return student.batch_norm_inference(x, gamma, beta, mean, variance, epsilon)

    def mark(self, result, inputs):
        centred = inputs["x"] - inputs["mean"]
        scaled = centred / np.sqrt(inputs["variance"] + SMALL)
        expected = inputs["gamma"] * scaled + inputs["beta"]
        look_at = (
            "mean and variance are the running ones, whatever the batch; then gamma "
            "and beta."
        )
        difference = compare(result, expected, 1e-3)
        return verdict(told("`batch_norm_inference`", difference, look_at))


class TwoAxes(Check):
    name = "batch_norm/two-axes"
    weight = 0.5

    def inputs(self, rng):
        return {"x": rng.normal(size=(6, 3)), "one": np.ones(3), "zero": np.zeros(3)}

    @staticmethod
    def run(student, x, one, zero):
        y, mean, variance = student.batch_norm_training(
            x, one, zero, zero, one, 0.5, 1e-5
        )
        return [
            y,
            mean,
            variance,
            student.batch_norm_inference(x, one, zero, zero, one, 1e-5),
        ]

    def mark(self, result, inputs):
        expected = [(6, 3), (3,), (3,), (6, 3)]
        shapes = [None if array(part) is None else array(part).shape for part in result]
        if shapes == expected:
            return Verdict(1.0)
        return verdict(
            f"Batch normalisation of 6 examples with 3 numbers gives the shapes "
            f"{shapes}, expected {expected}: average over all axes but the last."
        )


checks = [
    Normalised(),
    ScaleAndShift(),
    RunningAverages(),
    Momentum(),
    Epsilon(),
    Inference(),
    TwoAxes(),
]
