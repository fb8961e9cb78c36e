"""Problem 4: the coin's game, exactly."""

import numpy as np

from autograder.checks import Check, compare, finite_differences

from .common import array, number, numbers, sigmoid, softplus, told, verdict


def losses(theta, logits, heads):
    """Both losses in NumPy: expected values over two outcomes."""
    q, d_loss, g_loss = sigmoid(theta), 0.0, 0.0
    for logit, real, fake in zip(logits, (1 - heads, heads), (1 - q, q), strict=True):
        d_loss += real * softplus(-logit) + fake * softplus(logit)
        g_loss += fake * softplus(-logit)
    return float(d_loss), float(g_loss)


def slope_of_theta(theta, logits, heads):
    def loss(theta):
        return losses(theta[0], logits, heads)[1]

    return finite_differences(loss, np.array([theta]))[0]


class Losses(Check):
    question = "coin/losses"

    def inputs(self, rng):
        return {
            "thetas": [float(each) for each in rng.uniform(-2, 2, 3)],
            "logits": rng.uniform(-2, 2, (3, 2)),
            "heads": float(rng.uniform(0.15, 0.4)),
        }

    @staticmethod
    def run(student, thetas, logits, heads):
        expected = student.expected_losses
        games = enumerate(thetas)
        return [list(expected(theta, logits[row], heads)) for row, theta in games]

    def mark(self, result, inputs):
        games = zip(inputs["thetas"], inputs["logits"], strict=True)
        right = [losses(*game, inputs["heads"])[self.place] for game in games]
        own, difference = numbers([each[self.place] for each in result]), "is no number"
        if own is not None:
            difference = compare(own, np.array(right))
        subject = f"`expected_losses`, of the {self.player},"
        return verdict(told(subject, difference, self.look_at))


class DiscriminatorLoss(Losses):
    name = "coin/discriminator-loss"
    place, player = 0, "discriminator"
    look_at = "look at whose probability weighs which term, and at heads and tails."


class GeneratorLoss(Losses):
    name = "coin/generator-loss"
    place, player = 1, "generator"
    look_at = "fakes have the probabilities q, and shall pass as real."


class Round(Check):
    """Some rounds from different places, with different rates of the players."""

    question = "coin/round"

    def inputs(self, rng):
        rates = [rng.uniform(0.5, 0.9), rng.uniform(1.5, 2.5)]
        return {
            "thetas": [float(each) for each in rng.uniform(-1.5, 1.5, 3)],
            "logits": rng.uniform(-2, 2, (3, 2)),
            "heads": float(rng.uniform(0.15, 0.4)),
            "rates": [float(rate) for rate in rates],
        }

    @staticmethod
    def run(student, thetas, logits, heads, rates):
        one_round = student.coin_round
        games = enumerate(thetas)
        return [
            list(one_round(theta, logits[row], heads, *rates)) for row, theta in games
        ]

    def mark(self, result, inputs):
        games = zip(inputs["thetas"], inputs["logits"], result, strict=True)
        for theta, logits, own in games:
            logits = logits.astype("float64")
            new_theta, new_logits = number(own[0]), array(own[1])
            if new_theta is None or new_logits is None or new_logits.shape != (2,):
                return verdict(
                    "`coin_round` does not give a finite number and two logits."
                )
            if problem := self.wrong(theta, logits, new_theta, new_logits, inputs):
                return verdict(problem)
        return verdict(None)


class DiscriminatorMoves(Round):
    name = "coin/discriminator-moves"

    def wrong(self, theta, logits, new_theta, new_logits, inputs):
        def loss(logits):
            return losses(theta, logits, inputs["heads"])[0]

        expected = logits - inputs["rates"][0] * finite_differences(loss, logits)
        look_at = "compared with differences of its loss. Look at p, q and the rates."
        difference = compare(new_logits, expected)
        return told("`coin_round`: the new logits", difference, look_at)


class GeneratorMoves(Round):
    """Against the student's own new discriminator, or the one before."""

    name = "coin/generator-moves"

    def wrong(self, theta, logits, new_theta, new_logits, inputs):
        for known in (new_logits, logits):
            slope = slope_of_theta(theta, known, inputs["heads"])
            if compare(new_theta, theta - inputs["rates"][1] * slope, 1e-3) is None:
                return None
        return (
            "`coin_round`: the new theta is not that of a step down the slope of the "
            "generator's loss. Look at dq / dtheta, at the sign and at the rates."
        )


class MeetsTheNew(Round):
    """Only where the step would be right against the old discriminator."""

    name = "coin/generator-meets-the-new-discriminator"
    weight = 0.5

    def wrong(self, theta, logits, new_theta, new_logits, inputs):
        def moved(known):
            slope = slope_of_theta(theta, known, inputs["heads"])
            return theta - inputs["rates"][1] * slope

        new, old = moved(new_logits), moved(logits)
        if abs(new_theta - old) < 1e-3 < abs(new - old):
            return (
                "`coin_round`: the generator's step uses the discriminator as it was "
                "before its own step. It has to meet the new one."
            )


class Path(Check):
    question = "coin/path"

    def inputs(self, rng):
        return {
            "theta": float(rng.uniform(-1, 1)),
            "logits": rng.uniform(-1, 1, 2),
            "rounds": int(rng.integers(4, 8)),
        }

    @staticmethod
    def run(student, theta, logits, rounds):
        from keras import ops

        seen = []

        def one_round(theta, logits):
            theta = float(np.ravel(ops.convert_to_numpy(theta))[0])
            seen.append(theta)
            first = float(ops.convert_to_numpy(logits)[0])
            return 0.7 * theta + 0.3 * first, 0.9 * logits - 0.2

        return {"path": student.play(one_round, theta, logits, rounds), "seen": seen}


class Length(Path):
    name = "coin/start-and-every-round"
    weight = 0.5

    def mark(self, result, inputs):
        own, rounds = numbers(result["path"]), inputs["rounds"]
        if own is not None and len(own) == rounds + 1 == len(result["seen"]) + 1:
            return verdict(None)
        count = "no" if own is None else len(own)
        return verdict(
            f"`play` with {rounds} rounds gives {count} numbers after "
            f"{len(result['seen'])} rounds: the start, and each round."
        )


class Probabilities(Path):
    """Each round from the last one; how many there are is another check's idea."""

    name = "coin/path-of-the-probability"

    def mark(self, result, inputs):
        own, theta = numbers(result["path"]), inputs["theta"]
        logits, path = inputs["logits"].astype("float64"), [theta]
        for _ in range(inputs["rounds"]):
            theta, logits = 0.7 * theta + 0.3 * logits[0], 0.9 * logits - 0.2
            path.append(theta)
        path = sigmoid(path)
        if own is not None:
            for part in (path, path[1:], path[:-1]):
                if len(own) == len(part) and np.allclose(own, part, atol=1e-4):
                    return verdict(None)
        return verdict(
            "`play` does not give the probability of heads, s(theta), as it goes on. "
            "Each round starts with theta and logits of the last one."
        )


checks = [
    DiscriminatorLoss(),
    GeneratorLoss(),
    DiscriminatorMoves(),
    GeneratorMoves(),
    MeetsTheNew(),
    Length(),
    Probabilities(),
]
