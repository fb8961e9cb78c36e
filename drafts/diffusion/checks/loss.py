"""Problem 4, second half: the loss of a batch."""

import numpy as np

from autograder.checks import Check, compare

from .common import numbers, told, verdict


class Loss(Check):
    """Denoiser and forward process act on each number by itself."""

    question = "loss/values"

    def inputs(self, rng):
        return {
            "x_0": rng.normal(size=(3, 2)),
            "noise": rng.normal(size=(3, 2)),
            "t": rng.permutation(3),
            "w": float(rng.uniform(0.3, 0.8)),
        }

    @staticmethod
    def run(student, x_0, noise, t, w):
        from keras import ops

        from kerasdl import autodiff

        def column(t):
            return ops.expand_dims(ops.cast(t, "float32"), 1)

        def forward(x_0, t, noise):
            return 0.8 * x_0 + (0.4 + 0.1 * column(t)) * noise

        def loss(w, rows, columns):
            return student.diffusion_loss(
                lambda x, t: w * x + 0.1 * column(t),
                forward,
                x_0[rows, columns],
                t[rows],
                noise[rows, columns],
            )

        every = slice(None)
        one = [slice(i, i + 1) for i in range(3)]
        return {
            "alone": [loss(w, one[r], one[c]) for r in range(3) for c in range(2)],
            "batch": [loss(w + h, every, every) for h in (0.0, 0.02, -0.02)],
            "slope": autodiff.grad(lambda w: loss(w, every, every))(w),
        }


class Target(Loss):
    name = "loss/error-of-the-noise"

    def mark(self, result, inputs):
        t = inputs["t"][:, None]
        x_t = 0.8 * inputs["x_0"] + (0.4 + 0.1 * t) * inputs["noise"]
        expected = (inputs["noise"] - inputs["w"] * x_t - 0.1 * t) ** 2
        own = numbers(result["alone"])
        difference = "is not a number"
        if own is not None:
            difference = compare(own, np.ravel(expected))
        look_at = "look at what the denoiser is shown, and at what it has to see in it."
        return verdict(told("`diffusion_loss` of one number", difference, look_at))


class Mean(Loss):
    """Of the student's own losses of the numbers."""

    name = "loss/mean-over-all-numbers"

    def mark(self, result, inputs):
        own = numbers(result["alone"])
        if own is None or np.ptp(own) < 1e-6:
            return verdict("`diffusion_loss` is the same for every number.")
        difference = compare(result["batch"][0], np.mean(own), 1e-3)
        look_at = "it is the mean over all numbers: examples and columns."
        return verdict(told("`diffusion_loss` of 3 x 2 numbers", difference, look_at))


class Slope(Loss):
    """Compared with differences of the student's own loss."""

    name = "loss/gradient"

    def mark(self, result, inputs):
        own = numbers(result["batch"])
        if own is None:
            return verdict("`diffusion_loss` of a batch is not one finite number.")
        difference = compare(result["slope"], (own[1] - own[2]) / 0.04, 1e-2)
        look_at = (
            "no gradient reaches the denoiser's weights, or a wrong one. Was a tensor "
            "made an array, or a gradient stopped?"
        )
        return verdict(told("The slope of `diffusion_loss`", difference, look_at))


checks = [Target(), Mean(), Slope()]
