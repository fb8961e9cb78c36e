"""Problem 7, first half: which steps, and how to move between them."""

import numpy as np

from autograder.checks import Check, compare

from .common import array, either, schedule, told, verdict

STEPS = 12
PAIRS = [[11, 7], [4, 0], [9, 3], [9, -1], [0, -1]]  # from t to s


def evenly(steps, number):
    return np.linspace(steps - 1, 0, number)


class Timesteps(Check):
    question = "ddim/timesteps"

    def inputs(self, rng):
        number = int(rng.integers(6, 10))
        return {"asked": [[50, number], [23, 7], [30, 30], [100, 8], [1000, 2]]}

    @staticmethod
    def run(student, asked):
        return [student.ddim_timesteps(steps, number) for steps, number in asked]

    def mark(self, result, inputs):
        for own, (steps, number) in zip(result, inputs["asked"], strict=True):
            own = array(own)
            if own is None or own.ndim != 1 or len(own) < 2:
                return verdict("`ddim_timesteps` does not give a row of numbers.")
            if problem := self.wrong(own, steps, number):
                asked = f"`ddim_timesteps({steps}, {number})`"
                return verdict(f"{asked} {problem}")
        return verdict(None)


class Ends(Timesteps):
    name = "ddim/number-and-ends"
    weight = 0.5

    def wrong(self, own, steps, number):
        if len(own) != number:
            return f"visits {len(own)} steps: as many as asked for."
        if (own[0], own[-1]) != (steps - 1, 0):
            return (
                f"goes from {own[0]:.4g} to {own[-1]:.4g}: from the noisiest step down "
                f"to step 0."
            )


class Spacing(Timesteps):
    """Evenly between the student's own ends."""

    name = "ddim/evenly-spaced"
    weight = 0.5

    def wrong(self, own, steps, number):
        even = np.linspace(own[0], own[-1], len(own))
        ends_are_right = (own[0], own[-1]) == (steps - 1, 0)
        most = 0.5 if ends_are_right else 1.0  # wrong ends may be rounded, too
        if np.any(own != np.round(own)) or np.any(np.abs(own - even) > most + 1e-6):
            return "is not evenly spaced and rounded to the nearest whole number."


def moved(x_t, t, s, predicted, alpha_bar):
    """The textbook's step in NumPy."""
    kept, before = alpha_bar[t], alpha_bar[s] if s >= 0 else 1.0
    x_0 = (x_t - np.sqrt(1 - kept) * predicted) / np.sqrt(kept)
    return np.sqrt(before) * x_0 + np.sqrt(1 - before) * predicted


class Move(Check):
    question = "ddim/moves"

    def inputs(self, rng):
        _, alpha_bar = schedule(rng, STEPS)
        x_t, predicted = rng.normal(size=(2, 4, 3))
        return {
            "x_t": x_t,
            "predicted": predicted,
            "alpha_bar": alpha_bar,
            "pairs": PAIRS,
        }

    @staticmethod
    def run(student, x_t, predicted, alpha_bar, pairs):
        step = student.ddim_step
        return [step(x_t, t, s, predicted, alpha_bar) for t, s in pairs]

    def mark(self, result, inputs):
        given = (inputs["x_t"], inputs["predicted"], inputs["alpha_bar"])
        for own, (t, s) in zip(result, PAIRS, strict=True):
            if problem := self.wrong(own, t, s, result, *given):
                return verdict(problem)
        return verdict(None)


class ToEarlier(Move):
    name = "ddim/move-to-an-earlier-step"

    def wrong(self, own, t, s, result, x_t, predicted, alpha_bar):
        if s >= 0:
            difference = compare(own, moved(x_t, t, s, predicted, alpha_bar))
            look_at = "look at which alpha_bar is whose, and at the noise that goes in."
            return told("`ddim_step` to an earlier step", difference, look_at)


class ToClean(Move):
    """The x_0 of the textbook; or, where other moves are wrong, the one they imply."""

    name = "ddim/move-to-clean-data"

    def wrong(self, own, t, s, result, x_t, predicted, alpha_bar):
        if s >= 0:
            return None
        expected = [moved(x_t, t, s, predicted, alpha_bar)]
        others = [array(each) for each in result[:3]]
        if self.wrong_elsewhere(others, x_t, predicted, alpha_bar):
            if t != PAIRS[2][0] or others[2] is None:
                return None
            kept = alpha_bar[PAIRS[2][1]]
            implied = (others[2] - np.sqrt(1 - kept) * predicted) / np.sqrt(kept)
            expected.append(implied)
        difference = either(own, *expected, tolerance=1e-3)
        look_at = "with s = -1 alpha_bar is 1, and index -1 is another one."
        return told("`ddim_step` to clean data", difference, look_at)

    @staticmethod
    def wrong_elsewhere(others, x_t, predicted, alpha_bar):
        pairs = zip(others, PAIRS[:3], strict=True)
        return any(
            compare(own, moved(x_t, t, s, predicted, alpha_bar))
            for own, (t, s) in pairs
        )


checks = [Ends(), Spacing(), ToEarlier(), ToClean()]
