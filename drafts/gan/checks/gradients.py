"""Problem 3, first half: derivatives by the logits."""

import numpy as np

from autograder.checks import Check, compare, finite_differences

from .common import array, softplus, told, verdict

REAL, FAKE = 2, 3


def some_logits(rng):
    return {
        "real": rng.uniform(-2, 2, (REAL, 1)),
        "fake": rng.uniform(-2, 2, (FAKE, 1)),
    }


class OfDiscriminator(Check):
    """Of one real and one fake logit: the mean is another check's idea."""

    name = "gradients/discriminator"

    def inputs(self, rng):
        return some_logits(rng)

    @staticmethod
    def run(student, real, fake):
        gradients = student.discriminator_gradients
        return [list(gradients(real[i : i + 1], fake[i : i + 1])) for i in range(2)]

    def mark(self, result, inputs):
        look_at = "by the real logits first; look at both signs."
        for row, own in enumerate(result):
            real, fake = (inputs[kind][row : row + 1] for kind in ("real", "fake"))
            expected = [
                finite_differences(lambda x: float(np.sum(softplus(-x))), real),
                finite_differences(lambda x: float(np.sum(softplus(x))), fake),
            ]
            if difference := compare(own, expected):
                return verdict(told("`discriminator_gradients`", difference, look_at))
        return verdict(None)


class OfGenerator(Check):
    """Of one logit."""

    question = "gradients/generator"

    def inputs(self, rng):
        return some_logits(rng)

    @staticmethod
    def run(student, fake):
        gradients = student.generator_gradients
        return [list(gradients(fake[i : i + 1])) for i in range(len(fake))]

    def mark(self, result, inputs):
        subject = f"`generator_gradients`, {self.kind},"
        own = [array(each[self.place]) for each in result]
        if any(each is None or each.shape != (1, 1) for each in own):
            return verdict(f"{subject} of one logit is not one number of shape (1, 1).")
        expected = [
            finite_differences(lambda x: float(np.sum(self.loss(x))), logit[None])
            for logit in inputs["fake"]
        ]
        difference = compare(np.array(own), np.array(expected))
        return verdict(told(subject, difference, self.look_at))


class OfSaturating(OfGenerator):
    name = "gradients/saturating"
    kind, place = "saturating (the first)", 0
    look_at = "compared with differences of log(1 - s). Where is that flat?"

    @staticmethod
    def loss(logits):
        return -softplus(logits)


class OfNonSaturating(OfGenerator):
    name = "gradients/non-saturating"
    kind, place = "non-saturating (the second)", 1
    look_at = "compared with differences of -log s. Where is that flat?"

    @staticmethod
    def loss(logits):
        return softplus(-logits)


class Means(Check):
    """A batch has the student's own single gradients, divided by its size."""

    name = "gradients/mean-in-the-loss"

    def inputs(self, rng):
        return some_logits(rng)

    @staticmethod
    def run(student, real, fake):
        of_both = student.discriminator_gradients
        of_fakes = student.generator_gradients
        reals = [of_both(real[i : i + 1], fake[:1])[0] for i in range(len(real))]
        fakes = [of_both(real[:1], fake[i : i + 1])[1] for i in range(len(fake))]
        pairs = [of_fakes(fake[i : i + 1]) for i in range(len(fake))]
        batch, both = of_both(real, fake), of_fakes(fake)
        return [
            {"alone": reals, "batch": batch[0]},
            {"alone": fakes, "batch": batch[1]},
            {"alone": [pair[0] for pair in pairs], "batch": both[0]},
            {"alone": [pair[1] for pair in pairs], "batch": both[1]},
        ]

    def mark(self, result, inputs):
        names = ["discriminator_gradients"] * 2 + ["generator_gradients"] * 2
        for name, own in zip(names, result, strict=True):
            alone, batch = array(own["alone"]), array(own["batch"])
            if alone is not None and batch is not None:
                expected = alone.reshape(-1, 1) / len(alone)
                if expected.shape == batch.shape and np.allclose(
                    batch, expected, atol=1e-4
                ):
                    continue
            return verdict(
                f"`{name}` of a batch: the loss is a mean, so each logit has 1 / N (or "
                f"1 / M) of the gradient that it has alone, in the logits' shape."
            )
        return verdict(None)


checks = [OfDiscriminator(), OfSaturating(), OfNonSaturating(), Means()]
