"""Problem 6: the reverse step, and all of them in a row."""

import numpy as np

from autograder.checks import Check, compare

from .common import array, schedule, verdict

STEPS = 5


class ReverseStep(Check):
    """Every step, without and with fresh noise."""

    question = "ddpm/reverse-step"

    def inputs(self, rng):
        betas, _ = schedule(rng, STEPS)
        x_t, predicted, fresh = rng.normal(size=(3, 4, 3))
        return {"x_t": x_t, "predicted": predicted, "fresh": fresh, "betas": betas}

    @staticmethod
    def run(student, x_t, predicted, fresh, betas):
        step = student.reverse_step
        noises = (0.0 * fresh, fresh)
        return [
            [step(x_t, t, predicted, noise, betas) for noise in noises]
            for t in range(len(betas))
        ]

    def mark(self, result, inputs):
        steps = [[array(each) for each in pair] for pair in result]
        for t, pair in enumerate(steps):
            if any(each is None or each.shape != (4, 3) for each in pair):
                return verdict(
                    f"`reverse_step` at t = {t} of {STEPS} does not give finite "
                    f"numbers in the shape of x_t."
                )
        return verdict(self.wrong(steps, **inputs))


def mean(t, x_t, predicted, betas, **rest):
    """From the estimated x_0: the textbook's other form."""
    alpha_bar = np.cumprod(1 - betas)
    before = alpha_bar[t - 1] if t else 1.0
    x_0 = (x_t - np.sqrt(1 - alpha_bar[t]) * predicted) / np.sqrt(alpha_bar[t])
    of_data = np.sqrt(before) * betas[t] / (1 - alpha_bar[t])
    of_x = np.sqrt(1 - betas[t]) * (1 - before) / (1 - alpha_bar[t])
    return of_data * x_0 + of_x * x_t


class Mean(ReverseStep):
    name = "ddpm/mean"

    def wrong(self, steps, **inputs):
        for t in range(1, STEPS):
            difference = compare(steps[t][0], mean(t, **inputs))
            if difference:
                return (
                    f"`reverse_step` without fresh noise {difference}: look at the "
                    f"factor of the predicted noise, and at the one of the whole."
                )


class NoiseSize(ReverseStep):
    name = "ddpm/size-of-the-noise"

    def wrong(self, steps, fresh, betas, **inputs):
        alpha_bar = np.cumprod(1 - betas)
        for t in range(1, STEPS):
            added = steps[t][1] - steps[t][0]
            variance = betas[t] * (1 - alpha_bar[t - 1]) / (1 - alpha_bar[t])
            if compare(added, np.sqrt(variance) * fresh, 1e-3):
                return (
                    f"`reverse_step` at t = {t} of {STEPS} adds fresh noise of the "
                    f"wrong size: look at which variance it is, and at the root."
                )


class LastStep(ReverseStep):
    """Its mean counts if the others are right: they are another check's idea."""

    name = "ddpm/no-noise-in-the-last-step"

    def wrong(self, steps, **inputs):
        without, with_noise = steps[0]
        if compare(with_noise, without):
            return "`reverse_step` at t = 0 adds noise: its variance is 0."
        others = [compare(steps[t][0], mean(t, **inputs)) for t in range(1, STEPS)]
        if not any(others) and compare(without, mean(0, **inputs)):
            return (
                "`reverse_step` is right at other steps, but not at t = 0: look at "
                "what is taken for alpha_bar before the first step."
            )


class Sampling(Check):
    """Records what `ddpm_sample` asks of the denoiser and of the step."""

    question = "ddpm/sampling"

    def inputs(self, rng):
        return {
            "x": rng.normal(size=(4, 3)),
            "fresh": rng.normal(size=(STEPS, 4, 3)),
            "states": rng.normal(size=(STEPS, 4, 3)),
        }

    @staticmethod
    def run(student, x, fresh, states):
        from keras import ops

        asked, taken = [], []

        def copied(value):
            return np.array(ops.convert_to_numpy(value))

        def denoiser(x, t):
            t = copied(t)
            asked.append(
                {"x": copied(x), "t": t, "whole": t.dtype.kind in "iu", "after": 0}
            )
            asked[-1]["after"] = len(taken)
            return 0.5 * x + 0.1 * len(asked)

        def step(x, t, predicted, fresh):
            own = copied(t).ravel()
            taken.append(
                {
                    "x": copied(x),
                    "t": int(own[0]) if np.ptp(own) == 0 else -9,
                    "predicted": copied(predicted),
                    "fresh": copied(fresh),
                }
            )
            return states[min(len(taken), len(states)) - 1]

        result = student.ddpm_sample(denoiser, step, x, fresh)
        return {"asked": asked[:50], "taken": taken[:50], "result": result}

    def mark(self, result, inputs):
        return verdict(self.wrong(result["asked"], result["taken"], result, inputs))


class AllSteps(Sampling):
    name = "ddpm/all-steps-downwards"

    def wrong(self, asked, taken, result, inputs):
        visited = [each["t"] for each in taken]
        if visited != list(range(STEPS))[::-1]:
            return (
                f"`ddpm_sample` with {STEPS} steps takes the steps {visited}: all, "
                f"from the noisiest down to 0."
            )


class DenoiserSteps(Sampling):
    """The denoiser sees the step that is taken next, whichever that is."""

    name = "ddpm/steps-for-the-denoiser"

    def wrong(self, asked, taken, result, inputs):
        if not asked:
            return "`ddpm_sample` never asks the denoiser."
        for each in asked:
            t = each["t"]
            if t.shape != (4,) or not each["whole"]:
                return (
                    f"`ddpm_sample` gives the denoiser steps of shape {t.shape}, "
                    f"expected one integer for each of the 4 examples."
                )
            if each["after"] < len(taken) and np.any(t != taken[each["after"]]["t"]):
                return (
                    "`ddpm_sample` tells the denoiser another step than the one that "
                    "it takes next."
                )


class PassedOn(Sampling):
    name = "ddpm/each-step-goes-on-from-the-last"

    def wrong(self, asked, taken, result, inputs):
        states = [inputs["x"], *inputs["states"]]
        if not taken:
            return "`ddpm_sample` takes no step."
        for number, each in enumerate(taken[: len(states) - 1]):
            if compare(each["x"], states[number]):
                return (
                    f"`ddpm_sample`: step number {number + 1} does not go on from what "
                    f"the one before returned."
                )
        if compare(result["result"], states[min(len(taken), STEPS)]):
            return "`ddpm_sample` does not return what its last step returned."


class Predicted(Sampling):
    """What the denoiser says of the x that is handed to the step."""

    name = "ddpm/noise-predicted-anew"
    weight = 0.5

    def wrong(self, asked, taken, result, inputs):
        if len(asked) != len(taken) or not asked:
            return (
                f"`ddpm_sample` asks the denoiser {len(asked)} times for {len(taken)} "
                f"steps: once for each."
            )
        for number, (one, other) in enumerate(zip(asked, taken, strict=True), start=1):
            said = 0.5 * other["x"] + 0.1 * number
            if compare(other["predicted"], said) or compare(one["x"], other["x"]):
                return (
                    "`ddpm_sample` takes a step with a noise that was not predicted "
                    "from the same x."
                )


class FreshNoise(Sampling):
    name = "ddpm/fresh-noise-of-each-step"
    weight = 0.5

    def wrong(self, asked, taken, result, inputs):
        for each in taken:
            t = each["t"]
            if not 0 <= t < STEPS or compare(each["fresh"], inputs["fresh"][t]):
                return "`ddpm_sample`: the step that leaves x_t has to use `fresh[t]`."
        return None if taken else "`ddpm_sample` takes no step."


checks = [
    Mean(),
    NoiseSize(),
    LastStep(),
    AllSteps(),
    DenoiserSteps(),
    PassedOn(),
    Predicted(),
    FreshNoise(),
]
