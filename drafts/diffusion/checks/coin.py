"""Problem 5: what a noisy toss says about the coin."""

import numpy as np

from autograder.checks import Check, compare

from .common import array, either, told, verdict

STEPS, BATCH = 6, 6


def density(x, centre, variance):
    return np.exp(-((x - centre) ** 2) / (2 * variance))


def probability(x, kept, side, heads):
    """Bayes' rule as it stands."""
    up = heads * density(x, np.sqrt(kept) * side, 1 - kept)
    down = (1 - heads) * density(x, -np.sqrt(kept) * side, 1 - kept)
    return up / (up + down)


def average_noise(x, kept, side, chance):
    return (x - np.sqrt(kept) * side * (2 * chance - 1)) / np.sqrt(1 - kept)


class Coin(Check):
    """All tosses at one step, and each at its own."""

    question = "coin/tosses"

    def inputs(self, rng):
        alpha_bar = np.linspace(0.75, 0.25, STEPS) + rng.uniform(-0.04, 0.04, STEPS)
        return {  # so noisy that no toss is certain
            "x_t": rng.uniform(-0.8, 0.8, BATCH),
            "alpha_bar": alpha_bar,
            "side": float(rng.uniform(0.6, 1.0)),
            "heads": float(rng.uniform(0.15, 0.35)),
            "t": rng.permutation(STEPS)[:BATCH],
        }

    @staticmethod
    def run(student, x_t, alpha_bar, side, heads, t):
        from keras import ops

        equal = [
            ops.full((len(t),), int(step), dtype="int32")
            for step in ops.convert_to_numpy(t)
        ]
        probability = student.heads_probability
        return {
            "fair": probability(x_t, equal[0], alpha_bar, side, 0.5),
            "biased": [
                probability(x_t, steps, alpha_bar, side, heads) for steps in equal
            ],
            "own": probability(x_t, t, alpha_bar, side, heads),
        }


class Likelihood(Coin):
    name = "coin/fair-coin"

    def mark(self, result, inputs):
        kept = inputs["alpha_bar"][inputs["t"][0]]
        expected = probability(inputs["x_t"], kept, inputs["side"], 0.5)
        look_at = "of a fair coin; look at the two centres, and at the variance."
        difference = compare(result["fair"], expected)
        return verdict(told("`heads_probability`", difference, look_at))


def log_odds(value):
    value = array(value)
    if value is None or not np.all((value > 0) & (value < 1)):
        return None
    return np.log(value / (1 - value))


class Prior(Coin):
    """Another coin shifts the student's own log-odds."""

    name = "coin/prior"

    def mark(self, result, inputs):
        fair, biased = log_odds(result["fair"]), log_odds(result["biased"][0])
        if fair is None or biased is None or fair.shape != biased.shape:
            return verdict("`heads_probability` gives no probabilities inside (0, 1).")
        shift = np.log(inputs["heads"] / (1 - inputs["heads"]))
        if np.allclose(biased - fair, shift, atol=5e-3):
            return verdict(None)
        return verdict(
            "`heads_probability`: how often the coin shows heads does not count as it "
            "should. Look at h in Bayes' rule: heads and tails weigh differently."
        )


class OwnStep(Coin):
    """Each toss as the student has it when all are at its step."""

    name = "coin/own-step-of-each-toss"
    weight = 0.5

    def mark(self, result, inputs):
        own, equal = array(result["own"]), array(result["biased"])
        if own is None or equal is None or equal.shape != (BATCH, BATCH):
            return verdict(
                f"`heads_probability` of {BATCH} tosses does not give {BATCH} finite "
                f"numbers."
            )
        if compare(own, np.diagonal(equal)) is None:
            return verdict(None)
        return verdict(
            "`heads_probability`: each toss has its own step, and its own alpha_bar."
        )


class LittleNoise(Check):
    """Finite and sure of itself; of which side is another check's idea."""

    name = "coin/little-noise"

    def inputs(self, rng):
        one_side = rng.uniform(1.15, 1.3, BATCH // 2)
        x_t = np.append(one_side, -one_side)
        alpha_bar = np.array([0.9999, 0.9998, 0.9997, 0.9996, 0.9995, 0.9994])
        return {"x_t": x_t, "alpha_bar": alpha_bar, "t": np.zeros(BATCH, "int64")}

    @staticmethod
    def run(student, x_t, alpha_bar, t):
        return student.heads_probability(x_t, t, alpha_bar, 1.0, 0.5)

    def mark(self, result, inputs):
        own = array(result)
        if own is None:
            return verdict(
                "`heads_probability` is not finite where there is little noise: look "
                "for 0 / 0 and for large exponents."
            )
        heads, tails = np.split(own, 2) if own.shape == (BATCH,) else (own, own)
        sure = np.minimum(np.abs(own), np.abs(own - 1)) < 1e-3
        if np.all(sure) and np.allclose(heads + tails, 1, atol=1e-3):
            return verdict(None)
        return verdict(
            "`heads_probability` is not sure of clear tosses where there is little "
            "noise: was something clipped, or added to a denominator?"
        )


class Noise(Coin):
    """From the right probability or from the student's own; at one step."""

    name = "coin/average-noise"
    question = ""

    @staticmethod
    def run(student, x_t, alpha_bar, side, heads, t):
        from keras import ops

        step = int(ops.convert_to_numpy(t)[0])
        given = x_t, ops.full((len(t),), step, dtype="int32"), alpha_bar, side, heads
        answers = {"noise": student.coin_denoiser(*given), "chance": None}
        try:
            answers["chance"] = student.heads_probability(*given)
        except Exception:  # the noise can be right all the same
            pass
        return answers

    def mark(self, result, inputs):
        kept = inputs["alpha_bar"][inputs["t"][0]]
        x, side, own = inputs["x_t"], inputs["side"], array(result["chance"])
        right = probability(x, kept, side, inputs["heads"])
        if own is not None and own.shape != x.shape:
            own = None
        expected = [
            None if chance is None else average_noise(x, kept, side, chance)
            for chance in (right, own)
        ]
        difference = either(result["noise"], *expected, tolerance=1e-3)
        look_at = "look at the average toss, and at the two square roots."
        return verdict(told("`coin_denoiser`", difference, look_at))


checks = [Likelihood(), Prior(), OwnStep(), LittleNoise(), Noise()]
