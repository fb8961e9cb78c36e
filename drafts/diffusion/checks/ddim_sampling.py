"""Problem 7, second half: what `ddim_sample` asks, and where it moves."""

import numpy as np

from autograder.checks import Check, compare

from .common import array, either, schedule, verdict
from .ddim import STEPS, evenly, moved

VISITED = 5


class Sampling(Check):
    """Records what the denoiser is asked, and where the student's own moves lead."""

    question = "ddim/sampling"

    def inputs(self, rng):
        _, alpha_bar = schedule(rng, STEPS)
        x = rng.normal(size=(4, 3))
        return {"x": x, "alpha_bar": alpha_bar, "number": VISITED}

    @staticmethod
    def run(student, x, alpha_bar, number):
        from keras import ops

        asked, own = [], {"timesteps": None, "moves": []}

        def denoiser(x, t):
            steps = np.array(ops.convert_to_numpy(t))
            predicted = 0.3 * x + 0.05 * len(asked)
            asked.append(
                {
                    "x": x,
                    "steps": steps,
                    "whole": steps.dtype.kind in "iu",
                    "predicted": predicted,
                }
            )
            return predicted

        result = student.ddim_sample(denoiser, x, alpha_bar, number)
        asked = asked[:50]
        try:
            own["timesteps"] = student.ddim_timesteps(len(alpha_bar), number)
            visited = [int(each["steps"].ravel()[0]) for each in asked]
            for each, t, s in zip(asked, visited, [*visited[1:], -1], strict=True):
                move = student.ddim_step(each["x"], t, s, each["predicted"], alpha_bar)
                own["moves"].append(move)
        except Exception:
            own["moves"] = []  # then the textbook's alone counts
        return {"asked": asked, "own": own, "result": result}

    def mark(self, result, inputs):
        if not result["asked"]:
            return verdict("`ddim_sample` never asks the denoiser.")
        return verdict(self.wrong(result["asked"], result["own"], result, inputs))

    def expected(self, number, asked, own, inputs):
        """Where move `number` may lead, by the textbook and by the student."""
        visited = [int(np.ravel(each["steps"])[0]) for each in asked]
        t, s = visited[number], [*visited[1:], -1][number]
        x, predicted = (array(asked[number][name]) for name in ("x", "predicted"))
        alpha_bar = inputs["alpha_bar"]
        if not (-1 <= s < STEPS and 0 <= t < STEPS) or x is None:
            return [None, None]
        moves = own["moves"]
        mine = array(moves[number]) if number < len(moves) else None
        return [moved(x, t, s, predicted, alpha_bar), mine]


class Visits(Sampling):
    name = "ddim/steps-for-the-denoiser"

    def wrong(self, asked, own, result, inputs):
        for each in asked:
            if np.shape(each["steps"]) != (4,) or not each["whole"]:
                return (
                    f"`ddim_sample` gives the denoiser steps of shape "
                    f"{np.shape(each['steps'])}, expected one integer for each of the "
                    f"4 examples."
                )
        visited = np.array([each["steps"][0] for each in asked])
        even = evenly(STEPS, VISITED)
        right = len(visited) == VISITED and np.all(np.abs(visited - even) <= 0.5 + 1e-6)
        planned = array(own["timesteps"])
        if not right and (planned is None or not np.array_equal(visited, planned)):
            return (
                f"`ddim_sample` asks the denoiser at the steps {visited.tolist()}: "
                f"{VISITED} of {STEPS}, those of `ddim_timesteps`."
            )


class Chain(Sampling):
    name = "ddim/each-move-goes-on-from-the-last"

    def wrong(self, asked, own, result, inputs):
        if compare(asked[0]["x"], inputs["x"]):
            return "`ddim_sample` does not start from the noise that it is given."
        for number in range(len(asked) - 1):
            expected = self.expected(number, asked, own, inputs)
            if either(asked[number + 1]["x"], *expected, tolerance=1e-3):
                return (
                    f"`ddim_sample`: what the denoiser sees at visit {number + 2} is "
                    f"not where the move from the one before leads."
                )


class LastMove(Sampling):
    name = "ddim/last-move-to-clean-data"
    weight = 0.5

    def wrong(self, asked, own, result, inputs):
        expected = self.expected(len(asked) - 1, asked, own, inputs)
        if either(result["result"], *expected, tolerance=1e-3):
            return (
                "`ddim_sample` does not return the clean data that follow from its "
                "last visit: one more move, to s = -1."
            )


checks = [Visits(), Chain(), LastMove()]
