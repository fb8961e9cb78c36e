"""Problem 5: the sample of a VAE and its KL term, each part by itself."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, factor, numbers, shape, told, verdict


class Sample(Check):
    """With noise, without, and with noise on a mean of 0."""

    question = "latent/sample"

    def inputs(self, rng):
        return {
            "mean": rng.normal(size=(4, 3)),
            "log_variance": rng.uniform(-2.0, 1.5, (4, 3)),
            "noise": rng.choice([-1, 1], (4, 3)) * rng.uniform(0.5, 2.0, (4, 3)),
        }

    @staticmethod
    def run(student, mean, log_variance, noise):
        sample = student.sample_latent
        quiet = sample(mean, log_variance, 0.0 * noise)
        return {"quiet": quiet, "noisy": sample(mean, log_variance, noise)}


class SampleMean(Sample):
    name = "latent/mean"
    weight = 0.5

    def mark(self, result, inputs):
        difference = compare(result["quiet"], inputs["mean"])
        look_at = "without noise it is the mean."
        return verdict(told("`sample_latent` with noise 0", difference, look_at))


class SampleSpread(Sample):
    """The change by the noise, divided by it."""

    name = "latent/standard-deviation"

    def mark(self, result, inputs):
        quiet, noisy = array(result["quiet"]), array(result["noisy"])
        look_at = (
            "compared per unit of the given noise. What is given is the logarithm of "
            "the variance."
        )
        subject = "`sample_latent`: its spread around the mean"
        if quiet is None or noisy is None or not quiet.shape == noisy.shape == (4, 3):
            difference = f"has shape {shape(result['noisy'])}, expected (4, 3)"
            return verdict(told(subject, difference, look_at))
        spread = (noisy - quiet) / inputs["noise"]
        difference = compare(spread, np.exp(0.5 * inputs["log_variance"]), 1e-3)
        return verdict(told(subject, difference, look_at))


class SampleGradients(Check):
    """Gradients against differences of the student's own values."""

    name = "latent/gradients-of-the-sample"

    def inputs(self, rng):
        names = ("mean", "log_variance", "noise", "weights")
        values = {name: rng.uniform(0.5, 1.0, (4, 3)) for name in names}
        return {**values, "step": 0.02}

    @staticmethod
    def run(student, mean, log_variance, noise, weights, step):
        from kerasdl import autodiff

        def total(mean, log_variance):
            return ops.sum(weights * student.sample_latent(mean, log_variance, noise))  # noqa: F821

        slopes = autodiff.grad(total, argnums=(0, 1))(mean, log_variance)
        sums = [ops.sum(slope) for slope in slopes]  # noqa: F821
        rises = [
            total(mean + step, log_variance) - total(mean - step, log_variance),
            total(mean, log_variance + step) - total(mean, log_variance - step),
        ]
        return {"slopes": sums, "rises": rises}

    def mark(self, result, inputs):
        slopes, rises = numbers(result["slopes"]), numbers(result["rises"])
        if slopes is None or rises is None:
            return verdict("`sample_latent` has no finite gradient.")
        rises = rises / (2 * inputs["step"])
        for name, slope, rise in zip(("mean", "variance"), slopes, rises, strict=True):
            if abs(slope - rise) > 2e-2 * (1 + abs(rise)) or abs(slope) < 1e-3:
                return verdict(
                    f"`sample_latent`: the gradient by the {name} is not the slope of "
                    f"the values: it is cut off, or does not depend on it. Use "
                    f"keras.ops, and stop no gradient."
                )
        return Verdict(1.0)


class Kl(Check):
    """Single examples: of the standard normal, of means alone, of variances alone."""

    question = "latent/kl"

    def inputs(self, rng):
        mean = rng.uniform(0.5, 2.0, (4, 3)) * rng.choice([-1, 1], (4, 3))
        log_variance = rng.uniform(0.4, 1.5, (4, 3)) * rng.choice([-1, 1], (4, 3))
        none, rows = np.zeros((1, 3)), [slice(i, i + 1) for i in range(4)]
        return {
            "mean": mean,
            "log_variance": log_variance,
            "alone": {
                "zero": [[none, none]],
                "means": [[mean[row], none] for row in rows],
                "variances": [[none, log_variance[row]] for row in rows],
                "both": [[mean[row], log_variance[row]] for row in rows],
            },
        }

    @staticmethod
    def run(student, mean, log_variance, alone):
        kl = student.kl_divergence
        found = {name: [kl(*pair) for pair in alone[name]] for name in alone}
        return {"batch": kl(mean, log_variance), **found}

    def mark(self, result, inputs):
        values = {}
        for name in ("zero", "means", "variances", "both"):
            parts = [array(value) for value in result[name]]
            if any(part is None for part in parts):
                return verdict("`kl_divergence` is not of finite numbers.")
            values[name] = np.array([part.sum() for part in parts])
        mean, log_variance = inputs["mean"], inputs["log_variance"]
        return verdict(self.wrong(values, result, mean, log_variance))

    def factors(self, values, mean, log_variance):
        """Of the two parts, each above its value at the standard normal; or None."""
        v = log_variance
        expected = {
            "means": 0.5 * np.sum(mean**2, axis=1),
            "variances": 0.5 * np.sum(np.exp(v) - 1.0 - v, axis=1),
        }
        return {
            name: factor(values[name] - values["zero"], part)
            for name, part in expected.items()
        }


class KlOfMeans(Kl):
    name = "latent/kl-of-the-mean"

    def wrong(self, values, result, *inputs):
        if self.factors(values, *inputs)["means"] is None:
            return (
                "`kl_divergence` with log variances of 0 does not grow as the sum of "
                "the squared means: look at the part with the mean."
            )


class KlOfVariances(Kl):
    name = "latent/kl-of-the-variance"

    def wrong(self, values, result, *inputs):
        if self.factors(values, *inputs)["variances"] is None:
            return (
                "`kl_divergence` with means of 0 does not change with the log variance "
                "as it should: one term is the variance, another its logarithm."
            )


class KlScale(Kl):
    name = "latent/kl-factor"

    def wrong(self, values, result, *inputs):
        found = self.factors(values, *inputs).values()
        wrong = [f for f in found if f is not None and abs(f - 1.0) > 1e-3]
        if wrong:
            return (
                f"`kl_divergence`: a part of it is {wrong[0]:.3g} times as large as it "
                f"should be. Look at the sign, the half, and for a mean in place of "
                f"the sum over the 3 latent numbers."
            )


class KlZero(Kl):
    name = "latent/kl-zero"
    weight = 0.5

    def wrong(self, values, result, *inputs):
        if np.abs(values["zero"]).max() > 1e-4:
            return (
                "`kl_divergence` of the standard normal is not 0: look at the term "
                "without mean and variance."
            )


class KlPerExample(Kl):
    name = "latent/kl-per-example"

    def wrong(self, values, result, *inputs):
        difference = compare(result["batch"], values["both"])
        look_at = "it is one number for each, that of the example alone."
        return told("`kl_divergence` of 4 examples", difference, look_at)


checks = [
    SampleMean(),
    SampleSpread(),
    SampleGradients(),
    KlOfMeans(),
    KlOfVariances(),
    KlScale(),
    KlZero(),
    KlPerExample(),
]
