"""Problem 6: the bound, made of parts that the probes supply."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, numbers, shape, told, verdict


def likelihoods(x, noise):
    """What the probe's parts give for each sample and example: (S, B)."""
    rows = []
    for sample in noise:
        mean, log_variance = x[:, :2], 0.3 * x[:, 1:]
        z = mean + (1.0 + log_variance) * sample
        logits = np.concatenate([z * z, z[:, :1] + 1.0], axis=1)
        rows.append(-np.sum((x - logits) ** 2 * (1.0 + x), axis=1))
    return np.array(rows)


def divergences(x):
    return np.sum(x[:, :2] ** 2 + 0.3 * x[:, 1:], axis=1)


class Terms(Check):
    """Neither part is symmetric, so arguments in another order show."""

    question = "elbo/terms"

    def inputs(self, rng):
        noise = rng.normal(size=(2, 4, 2))
        singles = [noise[s : s + 1] for s in range(2)]
        x = rng.uniform(0.2, 1.0, (4, 3))
        return {"x": x, "noise": noise, "singles": singles}

    @staticmethod
    def run(student, x, noise, singles):
        from types import SimpleNamespace

        def log_likelihood(x, logits):
            return -ops.sum((x - logits) ** 2 * (1.0 + x), axis=-1)  # noqa: F821

        def decode(z):
            return ops.concatenate([z * z, z[:, :1] + 1.0], axis=1)  # noqa: F821

        vae = SimpleNamespace(
            encode=lambda x: (x[:, :2], 0.3 * x[:, 1:]),
            sample=lambda mean, log_variance, one: mean + (1.0 + log_variance) * one,
            decode=decode,
            log_likelihood=log_likelihood,
            kl=lambda mean, log_variance: ops.sum(mean**2 + log_variance, axis=-1),  # noqa: F821
        )
        terms = student.elbo_terms
        single = [list(terms(x, one, vae)) for one in singles]
        return {"single": single, "together": list(terms(x, noise, vae))}


class Likelihood(Terms):
    """Of each sample alone."""

    name = "elbo/likelihood"

    def mark(self, result, inputs):
        expected = likelihoods(inputs["x"], inputs["noise"])
        own = [array(terms[0]) for terms in result["single"]]
        subject = "`elbo_terms` with one sample: the likelihood"
        if wrong := [shape(value) for value in own if shape(value) != (4,)]:
            difference = f"has shape {wrong[0]}, expected (4,)"
            return verdict(told(subject, difference, "it is one number an example."))
        difference = compare(np.array(own), expected)
        if difference and compare(-np.array(own), expected) is None:
            difference = "has the wrong sign"
        look_at = (
            "look at what is decoded, and at the order of the arguments of "
            "log_likelihood."
        )
        return verdict(told(subject, difference, look_at))


class KlTerm(Terms):
    name = "elbo/kl"

    def mark(self, result, inputs):
        difference = compare(result["together"][1], divergences(inputs["x"]))
        look_at = "it is vae.kl of what the encoder gives, one number per example."
        return verdict(told("`elbo_terms`: the KL", difference, look_at))


class SampleAverage(Terms):
    """Of the student's own terms for each sample."""

    name = "elbo/mean-over-samples"

    def mark(self, result, inputs):
        own = [array(terms[0]) for terms in result["single"]]
        if any(part is None for part in own):
            return verdict("`elbo_terms`: the likelihood is not of finite numbers.")
        difference = compare(result["together"][0], np.mean(own, axis=0))
        look_at = "of 2 samples it is the mean of what each of them gives alone."
        return verdict(told("`elbo_terms`: the likelihood", difference, look_at))


class Loss(Check):
    question = "elbo/losses"

    def inputs(self, rng):
        return {
            "likelihood": -rng.uniform(3.0, 9.0, 5),
            "kl": rng.uniform(1.0, 2.0, 5),
            "betas": [1.0, 2.0, 4.0],
        }

    @staticmethod
    def run(student, likelihood, kl, betas):
        return [student.vae_loss(likelihood, kl, beta) for beta in betas]

    def mark(self, result, inputs):
        own = numbers(result)
        if own is None:
            return verdict("`vae_loss` is not one finite number for the batch.")
        return verdict(self.wrong(own, **inputs))


class LossAtOne(Loss):
    name = "elbo/loss"

    def wrong(self, own, likelihood, kl, betas):
        bound = np.mean(likelihood - kl)
        difference = compare(own[0], -bound)
        if difference and compare(own[0], bound) is None:
            difference = "is the bound itself, which training makes large"
        look_at = "at beta = 1 it is the mean, over the batch, of minus the ELBO."
        return told("`vae_loss`", difference, look_at)


class Beta(Loss):
    """How the loss changes with beta, whatever its sign and mean are."""

    name = "elbo/beta"

    def wrong(self, own, likelihood, kl, betas):
        rises = np.abs(np.diff(own) / np.diff(betas))
        for expected in (np.mean(kl), np.sum(kl)):
            if np.all(np.abs(rises - expected) < 1e-3 * expected):
                return None
        return (
            "`vae_loss` does not change with beta as it should: beta is a factor of "
            "the KL, and of nothing else."
        )


class Gradient(Check):
    """By a weight of the encoder, against differences of the student's own values."""

    name = "elbo/gradient-through-the-sample"

    def inputs(self, rng):
        x, noise = rng.uniform(0.5, 1.0, (4, 3)), rng.normal(size=(1, 4, 2))
        return {
            "x": x,
            "noise": noise,
            "weight": rng.uniform(0.8, 1.2, 2),
            "step": 0.02,
        }

    @staticmethod
    def run(student, x, noise, weight, step):
        from types import SimpleNamespace

        from kerasdl import autodiff

        def bound(weight):
            vae = SimpleNamespace(
                encode=lambda x: (weight * x[:, :2], weight * x[:, 1:]),
                sample=lambda mean, log_variance, one: mean + log_variance * one,
                decode=lambda z: ops.concatenate([z * z, z[:, :1]], axis=1),  # noqa: F821
                log_likelihood=lambda x, logits: -ops.sum((x - logits) ** 2, axis=-1),  # noqa: F821
                kl=lambda mean, log_variance: 0.2 * ops.sum(mean**2, axis=-1),  # noqa: F821
            )
            likelihood, kl = student.elbo_terms(x, noise, vae)
            return ops.sum(likelihood) - ops.sum(kl)  # noqa: F821

        slope = ops.sum(autodiff.grad(bound)(weight))  # noqa: F821
        return [slope, bound(weight + step) - bound(weight - step)]

    def mark(self, result, inputs):
        found = numbers(result)
        if found is None:
            return verdict("`elbo_terms` has no finite gradient.")
        slope, rise = found[0], found[1] / (2 * inputs["step"])
        if abs(slope - rise) < 2e-2 * (1 + abs(rise)) and abs(slope) > 1e-4:
            return Verdict(1.0)
        return verdict(
            "`elbo_terms`: the gradient by the encoder's weights is not the slope "
            "of the bound: on the way through the sample it is cut off. Use keras.ops "
            "and stop no gradient."
        )


checks = [
    Likelihood(),
    KlTerm(),
    SampleAverage(),
    LossAtOne(),
    Beta(),
    Gradient(),
]
