"""Problem 2: losses of both players, from logits."""

import numpy as np

from autograder.checks import Check, compare

from .common import number, numbers, sigmoid, softplus, told, verdict

NAMES = ("discriminator_loss", "saturating_loss", "non_saturating_loss")
REAL, FAKE = 2, 3


def some_logits(rng):
    return {
        "real": rng.uniform(-2, 2, (REAL, 1)),
        "fake": rng.uniform(-2, 2, (FAKE, 1)),
    }


class Alone(Check):
    """One logit at a time."""

    def inputs(self, rng):
        return {"function": self.function, **some_logits(rng)}

    @staticmethod
    def run(student, function, fake):
        loss = getattr(student, function)
        return [loss(fake[i : i + 1]) for i in range(len(fake))]

    def mark(self, result, inputs):
        own, difference = numbers(result), "is not one finite number"
        if own is not None:
            difference = compare(own, self.expected(inputs["fake"][:, 0]))
        subject = f"`{self.function}` of one logit"
        return verdict(told(subject, difference, self.look_at))


class Saturating(Alone):
    name = "losses/saturating"
    function = "saturating_loss"
    look_at = "the discriminator shall be wrong. Look at the sign: log(1 - s) < 0."

    @staticmethod
    def expected(logits):
        return np.log(1 - sigmoid(logits))


class NonSaturating(Alone):
    name = "losses/non-saturating"
    function = "non_saturating_loss"
    look_at = "fakes shall pass as real: -log s of the logit."

    @staticmethod
    def expected(logits):
        return -np.log(sigmoid(logits))


class Pairs(Check):
    """One real and one fake example."""

    name = "losses/discriminator"

    def inputs(self, rng):
        return some_logits(rng)

    @staticmethod
    def run(student, real, fake):
        loss = student.discriminator_loss
        fakes = [fake[i : i + 1] for i in range(len(fake))]
        return [loss(real[i : i + 1], f) for i in range(len(real)) for f in fakes]

    def mark(self, result, inputs):
        own, difference = numbers(result), "is not one finite number"
        if own is not None:
            expected = softplus(-inputs["real"]) + softplus(inputs["fake"]).T
            difference = compare(own, expected.ravel())
        look_at = "look at which is real, at both signs, and at what is added."
        return verdict(told("`discriminator_loss` of one pair", difference, look_at))


class Means(Check):
    """Of the student's own losses of single logits."""

    name = "losses/mean-of-each-batch"

    def inputs(self, rng):
        return some_logits(rng)

    @staticmethod
    def run(student, real, fake):
        d_loss, saturating = student.discriminator_loss, student.saturating_loss
        other = student.non_saturating_loss
        fakes = [fake[i : i + 1] for i in range(len(fake))]
        pairs = [(real[i : i + 1], f) for i in range(len(real)) for f in fakes]
        return [
            [d_loss(real, fake), *[d_loss(*pair) for pair in pairs]],
            [saturating(fake), *[saturating(each) for each in fakes]],
            [other(fake), *[other(each) for each in fakes]],
        ]

    def mark(self, result, inputs):
        for name, values in zip(NAMES, result, strict=True):
            own = numbers(values)
            if own is None:
                return verdict(f"`{name}` of a batch is not one finite number.")
            mean = np.mean(own[1:])  # of all pairs: the loss is a sum of two terms
            if abs(own[0] - mean) > 1e-3 * (1 + abs(mean)):
                return verdict(
                    f"`{name}` of {FAKE} fakes (and {REAL} real ones) is not the mean "
                    f"over each batch by itself."
                )
        return verdict(None)


class Large(Check):
    """Beyond 12 the student's own losses go on as a straight line."""

    name = "losses/large-logits"

    def inputs(self, rng):
        sizes = (8.0, 12.0, 40.0, 80.0)
        return {"large": [np.array([[side * s]]) for side in (1, -1) for s in sizes]}

    @staticmethod
    def run(student, large):
        d_loss, saturating = student.discriminator_loss, student.saturating_loss
        other = student.non_saturating_loss
        return [
            [d_loss(-each, each) for each in large],
            [saturating(each) for each in large],
            [other(each) for each in large],
        ]

    def mark(self, result, inputs):
        for name, values in zip(NAMES, result, strict=True):
            for own in (numbers(values[:4]), numbers(values[4:])):
                if own is None:
                    return verdict(
                        f"`{name}` is not finite for large logits: look for the "
                        f"logarithm of 0, and for large exponents."
                    )
                before, after = (own[1] - own[0]) / 4, (own[3] - own[1]) / 68
                if abs(after - before) > 0.1 * (1 + abs(before)):
                    return verdict(
                        f"`{name}` does not go on growing with large logits: was "
                        f"something clipped, or a small number added in a logarithm?"
                    )
        return verdict(None)


class Slopes(Check):
    """Compared with differences of the student's own losses."""

    name = "losses/differentiable"

    def inputs(self, rng):
        return some_logits(rng)

    @staticmethod
    def run(student, real, fake):
        from keras import ops

        from kerasdl import autodiff

        losses = (
            lambda move: student.discriminator_loss(real + move, fake - 2 * move),
            lambda move: student.saturating_loss(fake + move),
            lambda move: student.non_saturating_loss(fake + move),
        )
        zero, answers = ops.convert_to_tensor(0.0), []
        for loss in losses:
            values = [loss(zero + 0.05), loss(zero - 0.05)]
            try:
                slope = autodiff.grad(lambda move, loss=loss: ops.sum(loss(move)))(zero)
            except Exception:  # an array cannot be differentiated
                slope = None
            answers.append({"slope": slope, "values": values})
        return answers

    def mark(self, result, inputs):
        for name, own in zip(NAMES, result, strict=True):
            slope, values = number(own["slope"]), numbers(own["values"])
            if slope is not None and values is not None:
                expected = (values[0] - values[1]) / 0.1
                if abs(slope - expected) < 1e-2 * (1 + abs(expected)):
                    continue
            return verdict(
                f"`{name}` cannot be differentiated, or its gradient is not that of "
                f"its values. Was a tensor made an array, or a gradient stopped?"
            )
        return verdict(None)


checks = [Pairs(), Saturating(), NonSaturating(), Means(), Large(), Slopes()]
