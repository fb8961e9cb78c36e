"""Problem 6: dropout and Monte-Carlo dropout."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, told, verdict

SHAPE = (60, 100)


class Dropped(Check):
    question = "dropout/masks"

    def inputs(self, rng):
        seeds = [int(seed) for seed in rng.choice(10_000, 2, replace=False)]
        return {
            "x": rng.uniform(1.0, 2.0, SHAPE) * rng.choice([-1.0, 1.0], SHAPE),
            "rate": float(rng.uniform(0.2, 0.3)),
            "seeds": seeds,
        }

    @staticmethod
    def run(student, x, rate, seeds):
        return {
            "masks": [student.dropout(x, rate, True, seed) for seed in seeds],
            "again": student.dropout(x, rate, True, seeds[0]),
            "after": student.dropout(x, rate, False, seeds[0]),
        }

    def factors(self, value, inputs):
        """By what each number was multiplied, or None."""
        own = array(value)
        return own / inputs["x"] if own is not None and own.shape == SHAPE else None


class AfterTraining(Dropped):
    name = "dropout/after-training"

    def mark(self, result, inputs):
        difference = compare(result["after"], inputs["x"])
        look_at = "after training nothing is dropped and nothing scaled."
        return verdict(told("`dropout` with training = False", difference, look_at))


class Share(Dropped):
    """Of two masks; wide enough for masks of whole rows, another check's idea."""

    name = "dropout/share"

    def mark(self, result, inputs):
        factors = [self.factors(mask, inputs) for mask in result["masks"]]
        if any(part is None for part in factors):
            return verdict("`dropout` in training changes the shape of its input.")
        share = float(np.mean(np.abs(factors) < 1e-6))
        if abs(share - inputs["rate"]) < 0.17:
            return Verdict(1.0)
        return verdict(
            f"`dropout` with rate {inputs['rate']:.2f} drops {share:.0%} of all "
            f"numbers: `rate` is the share that is dropped."
        )


class Scale(Dropped):
    """The mean stays: judged with the share that the student's masks keep."""

    name = "dropout/scale"

    def mark(self, result, inputs):
        factors = [self.factors(mask, inputs) for mask in result["masks"]]
        if any(part is None or not part.any() for part in factors):
            return verdict("`dropout` in training keeps nothing whose scale to judge.")
        factors = np.array(factors)
        kept, rate = np.abs(factors) > 1e-6, inputs["rate"]
        probability = min((1 - rate, rate, 0.5), key=lambda p: abs(p - kept.mean()))
        scales = factors[kept]
        if compare(scales, np.full(len(scales), 1 / probability), 1e-3) is None:
            return Verdict(1.0)
        return verdict(
            f"`dropout` multiplies what stays by {scales.min():.3g} ... "
            f"{scales.max():.3g}: the mean over many draws has to be the number itself."
        )


class Seeds(Dropped):
    name = "dropout/seeds"

    def mark(self, result, inputs):
        one, two = (self.factors(mask, inputs) for mask in result["masks"])
        again = self.factors(result["again"], inputs)
        if one is None or two is None or again is None:
            return verdict(
                "`dropout` in training does not keep the shape of its input."
            )
        if np.any((one == 0) != (again == 0)):
            return verdict(
                "`dropout` drops other numbers when it is called again with the same "
                "seed: draw the mask from `seed` alone."
            )
        same = np.array_equal(one == 0, two == 0)
        sentence = "`dropout` drops the same numbers for two seeds: use `seed`."
        return verdict(sentence if same else None)


class EachAlone(Dropped):
    """Whole rows or columns dropped, or the same mask for each row."""

    name = "dropout/each-number-by-itself"

    def mark(self, result, inputs):
        factors = self.factors(result["masks"][0], inputs)
        if factors is None:
            return verdict(
                "`dropout` in training does not keep the shape of its input."
            )
        dropped = np.abs(factors) < 1e-6
        spreads = [float(dropped.mean(axis=axis).std()) for axis in (0, 1)]
        chance = [np.sqrt(dropped.mean() * (1 - dropped.mean()) / n) for n in SHAPE]
        if all(s < 2 * c for s, c in zip(spreads, chance, strict=True)):
            return Verdict(1.0)
        return verdict(
            "`dropout` drops whole rows or columns, or the same places in every row: "
            "draw for each number by itself."
        )


class MonteCarlo(Check):
    question = "dropout/monte-carlo"

    def inputs(self, rng):
        return {
            "x": rng.normal(size=(4, 3)),
            "table": rng.normal(size=(7, 4, 3)),
            "seeds": [int(seed) for seed in rng.permutation(7)[:6]],
        }

    @staticmethod
    def run(student, x, table, seeds):
        asked = []

        def predict(x, seed):
            asked.append(int(seed))
            return x + table[int(seed)]

        mean, spread = student.mc_dropout(predict, x, seeds)
        return {"mean": mean, "spread": spread, "asked": asked}

    def draws(self, inputs):
        return inputs["x"] + inputs["table"][inputs["seeds"]]


class EachSeed(MonteCarlo):
    name = "dropout/a-draw-for-each-seed"
    weight = 0.5

    def mark(self, result, inputs):
        if set(result["asked"]) == set(inputs["seeds"]):
            return Verdict(1.0)
        return verdict(
            "`mc_dropout` does not call `predict` with each of the seeds: every draw "
            "has a seed of its own."
        )


class Mean(MonteCarlo):
    name = "dropout/mean-of-draws"

    def mark(self, result, inputs):
        draws = inputs["x"] + inputs["table"][list(self.seen(result, inputs))]
        difference = compare(result["mean"], draws.mean(axis=0))
        look_at = "for each number by itself, the mean over the draws you asked for."
        return verdict(told("`mc_dropout`: the mean", difference, look_at))

    def seen(self, result, inputs):
        asked = [seed for seed in result["asked"] if isinstance(seed, int)]
        known = [seed for seed in asked if 0 <= seed < len(inputs["table"])]
        return known or inputs["seeds"]


class Spread(Mean):
    name = "dropout/spread-of-draws"

    def mark(self, result, inputs):
        draws = inputs["x"] + inputs["table"][list(self.seen(result, inputs))]
        difference = compare(result["spread"], draws.std(axis=0))
        look_at = (
            "the root of the mean squared distance of the draws from their mean, for "
            "each number by itself."
        )
        return verdict(told("`mc_dropout`: the spread", difference, look_at))


checks = [
    AfterTraining(),
    Share(),
    Scale(),
    Seeds(),
    EachAlone(),
    EachSeed(),
    Mean(),
    Spread(),
]
