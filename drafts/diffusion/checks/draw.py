"""Problem 4, first half: what one training step draws."""

import numpy as np

from autograder.checks import Check

from .common import array, verdict

SHAPE, STEPS = (3000, 2), 7


class Draw(Check):
    question = "loss/draw"

    def inputs(self, rng):
        seeds = rng.choice(10_000, 2, replace=False)
        return {
            "shape": list(SHAPE),
            "steps": STEPS,
            "seeds": [int(seed) for seed in seeds],
        }

    @staticmethod
    def run(student, shape, steps, seeds):
        draws = []
        for seed in (seeds[0], seeds[0], seeds[1]):
            rng = np.random.default_rng(seed)
            t, noise = student.training_draw(tuple(shape), steps, rng)
            draws.append({"t": t, "noise": noise})
        return draws

    def mark(self, result, inputs):
        t, noise = array(result[0]["t"]), array(result[0]["noise"])
        if t is None or noise is None:
            return verdict("`training_draw` does not give finite numbers.")
        return verdict(self.wrong(t, noise, result))


class StepPerExample(Draw):
    name = "loss/a-step-per-example"

    def wrong(self, t, noise, result):
        if t.shape != SHAPE[:1]:
            return (
                f"`training_draw` for data of {SHAPE} draws steps of shape {t.shape}, "
                f"expected one per example."
            )
        if len(np.unique(t)) == 1:
            return (
                "`training_draw` draws one step for the whole batch: one per example."
            )


class UniformSteps(Draw):
    """One step for all is another check's idea."""

    name = "loss/all-steps-equally-likely"

    def wrong(self, t, noise, result):
        found, counts = np.unique(t, return_counts=True)
        if len(found) == 1:
            return None
        if not np.array_equal(found, np.arange(STEPS)):
            return (
                f"`training_draw` with {STEPS} steps draws {len(found)} different ones "
                f"from {found[0]:.3g} to {found[-1]:.3g}: whole numbers, look at both "
                f"ends."
            )
        if counts.max() > 1.3 * counts.mean() or counts.min() < 0.7 * counts.mean():
            return "`training_draw` draws some steps far more often than others."


class NormalNoise(Draw):
    """Equal numbers are another check's idea."""

    name = "loss/normal-noise"

    def wrong(self, t, noise, result):
        if len(np.unique(noise)) < 0.9 * noise.size:
            return None
        moments = [np.mean(noise), np.std(noise), np.mean(noise**4)]
        if abs(moments[0]) < 0.1 and abs(moments[1] - 1) < 0.07:
            if 2.3 < moments[2] < 3.8:
                return None
        return (
            f"`training_draw` draws noise of mean {moments[0]:.2f} and deviation "
            f"{moments[1]:.2f}, or not normal: it has to be N(0, 1)."
        )


class NoisePerNumber(Draw):
    name = "loss/noise-for-every-number"

    def wrong(self, t, noise, result):
        if noise.shape != SHAPE:
            return (
                f"`training_draw` for data of {SHAPE} draws noise of shape "
                f"{noise.shape}: it has the shape of the data."
            )
        if len(np.unique(noise)) < 0.99 * noise.size:
            return "`training_draw` uses its noise again: each number has its own."


class Seeded(Draw):
    name = "loss/draws-from-rng"
    weight = 0.5

    def wrong(self, t, noise, result):
        parts = [(array(each["t"]), array(each["noise"])) for each in result]
        for kind in (0, 1):
            one, same, other = (part[kind] for part in parts)
            if not np.array_equal(one, same):
                return "`training_draw` with the same seed draws otherwise: use `rng`."
            if np.array_equal(one, other) and len(np.unique(one)) > 1:
                return "`training_draw` draws the same for two seeds: use `rng`."


checks = [StepPerExample(), UniformSteps(), NormalNoise(), NoisePerNumber(), Seeded()]
