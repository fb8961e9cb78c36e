"""Problem 1: noise schedules, and how far their end is from noise."""

import numpy as np

from autograder.checks import Check, SameValues, compare

from .common import array, numbers, schedule, told, verdict

STEPS = 12


def linear(steps, first, last):
    """By steps of equal length, one after the other."""
    length = (last - first) / (steps - 1)
    return np.array([first + t * length for t in range(steps)])


def some_linear(rng):
    first = float(rng.uniform(0.001, 0.1))
    return STEPS, first, float(rng.uniform(0.2, 0.6))


def cosine(steps, offset):
    """Without the limit, by a slow loop."""

    def left(s):
        return np.cos((s / steps + offset) / (1 + offset) * np.pi / 2) ** 2

    return np.array([1 - left(t + 1) / left(t) for t in range(steps)])


class Cosine(Check):
    """The limit is between the last two betas and all before them."""

    question = "schedules/cosine-betas"

    def inputs(self, rng):
        largest = float(rng.uniform(0.6, 0.7))
        offset = float(rng.uniform(0.01, 0.1))
        return {"steps": STEPS, "offset": offset, "largest": largest}

    @staticmethod
    def run(student, steps, offset, largest):
        return student.cosine_betas(steps, offset, largest)


class CosineValues(Cosine):
    name = "schedules/cosine"

    def mark(self, result, inputs):
        own = array(result)
        if own is None or own.shape != (STEPS,):
            shape = None if own is None else own.shape
            return verdict(
                f"`cosine_betas` gives shape {shape}, expected ({STEPS},), finite "
                f"numbers: {STEPS + 1} values of f have {STEPS} ratios."
            )
        expected = cosine(STEPS, inputs["offset"])[:-2]
        look_at = "look at the square, at `offset`, and at which s belongs to step t."
        return verdict(
            told(
                "`cosine_betas` below the limit",
                compare(own[:-2], expected),
                look_at,
            )
        )


class CosineLimit(Cosine):
    name = "schedules/largest-beta"
    weight = 0.5

    def mark(self, result, inputs):
        own, largest = array(result), inputs["largest"]
        if own is None or own.ndim != 1 or not own.size:
            return verdict("`cosine_betas` gives no finite numbers.")
        if abs(own.max() - largest) < 1e-4:
            return verdict(None)
        return verdict(
            "`cosine_betas` with `largest`: no beta may be larger, and the last ones "
            "reach it. Look at what is limited."
        )


class Distance(Check):
    question = "schedules/distance"

    def inputs(self, rng):
        _, alpha_bar = schedule(rng, 6)
        return {"x_0": rng.normal(0, 2, (3, 2)), "alpha_bar": alpha_bar}

    @staticmethod
    def run(student, x_0, alpha_bar):
        distance = student.distance_to_noise
        places = [(row, column) for row in range(3) for column in range(2)]
        alone = [
            distance(x_0[r : r + 1, c : c + 1], alpha_bar)
            for r, c in places  # of shape (1, 1)
        ]
        return {"alone": alone, "batch": distance(x_0, alpha_bar)}


class DistanceOfOne(Distance):
    name = "schedules/distance-of-one-number"

    def mark(self, result, inputs):
        kept = inputs["alpha_bar"][-1]
        square = np.ravel(inputs["x_0"]) ** 2
        variance = 1 - kept
        expected = 0.5 * (kept * square + variance - 1 - np.log(variance))
        own = numbers(result["alone"])
        difference = "is not a number" if own is None else compare(own, expected)
        look_at = "look at m, at v, and at which alpha_bar is that of the last step."
        return verdict(told("`distance_to_noise` of one number", difference, look_at))


class DistanceOfBatch(Distance):
    """Made of the student's own values for each number."""

    name = "schedules/sum-over-numbers-mean-over-examples"
    weight = 0.5

    def mark(self, result, inputs):
        own = numbers(result["alone"])
        if own is None or np.ptp(own) < 1e-6:
            return verdict("`distance_to_noise` is the same for every number.")
        difference = compare(result["batch"], own.sum() / 3)
        look_at = "a sum over the numbers of an example, a mean over the examples."
        return verdict(told("`distance_to_noise` of a batch", difference, look_at))


checks = [
    SameValues(
        "schedules/linear",
        "linear_betas",
        some_linear,
        linear,
        "evenly spaced, with both ends included.",
    ),
    CosineValues(),
    CosineLimit(),
    SameValues(
        "schedules/alpha-bars",
        "alpha_bars",
        lambda rng: (schedule(rng, STEPS)[0],),
        lambda betas: np.array([np.prod(1 - betas[: t + 1]) for t in range(STEPS)]),
        "a running product of what each step keeps.",
    ),
    DistanceOfOne(),
    DistanceOfBatch(),
]
