"""Problem 5, first half: one step of each player, compared with differences."""

import numpy as np

from autograder.checks import Check, finite_differences

from .common import array, verdict

G_SHAPES = ((2, 3), (3,))
D_SHAPES = ((3, 4), (4,), (4, 1))


def made(weights, noise):
    return np.tanh(noise @ weights[0] + weights[1])


def judged(weights, x):
    return np.tanh(x @ weights[0] + weights[1]) @ weights[2]


def split(flat, shapes):
    ends = np.cumsum([np.prod(shape) for shape in shapes])[:-1]
    pieces = np.split(flat, ends)
    return [piece.reshape(s) for piece, s in zip(pieces, shapes, strict=True)]


def flat(weights, shapes):
    """All numbers in a row, or None where the shapes are others."""
    weights = [array(each) for each in weights] if weights is not None else [None]
    if any(each is None for each in weights):
        return None
    if [each.shape for each in weights] != list(shapes):
        return None
    return np.concatenate([each.ravel() for each in weights])


class Steps(Check):
    """Both players with two rates each; least squares in place of cross-entropy."""

    question = "step/both-players"

    def inputs(self, rng):
        rate = float(rng.uniform(0.1, 0.3))
        return {
            "g_weights": [rng.normal(size=shape) for shape in G_SHAPES],
            "d_weights": [rng.normal(size=shape) for shape in D_SHAPES],
            "real": rng.normal(size=(5, 3)),
            "noise": rng.normal(size=(4, 2)),
            "rates": [rate, 2 * rate],
        }

    @staticmethod
    def run(student, g_weights, d_weights, real, noise, rates):
        from keras import ops

        def generator(weights, noise):
            return ops.tanh(ops.matmul(noise, weights[0]) + weights[1])

        def discriminator(weights, x):
            hidden = ops.tanh(ops.matmul(x, weights[0]) + weights[1])
            return ops.matmul(hidden, weights[2])

        def of_both(real, fake):
            return ops.mean(ops.square(real - 1.0)) + ops.mean(ops.square(fake))

        def of_fakes(fake):
            return ops.mean(ops.square(fake - 1.0))

        def copies(weights):
            arrays = [np.array(ops.convert_to_numpy(w)) for w in weights]
            return [ops.convert_to_tensor(each) for each in arrays]

        answers = {}
        for player in ("discriminator", "generator"):
            after, left = [], []
            try:
                for rate in rates:
                    g, d = copies(g_weights), copies(d_weights)
                    if player == "discriminator":
                        given = generator, discriminator, of_both, g, d, real, noise
                        new = student.discriminator_step(*given, rate)
                    else:
                        given = generator, discriminator, of_fakes, g, d, noise
                        new = student.generator_step(*given, rate)
                    after.append([ops.convert_to_numpy(each) for each in new])
                    left = [*g, *d]
                answers[player] = {"after": after, "left": left, "error": ""}
            except NotImplementedError:
                answers[player] = {"error": "is not answered yet"}
            except Exception as error:  # of one player: the other can be right
                words = f"raised {type(error).__name__}: {error}"
                answers[player] = {"error": words[:300]}
        return answers

    def mark(self, result, inputs):
        for player in self.players:
            own = result[player]
            subject = f"`{player}_step`"
            if own["error"]:
                return verdict(f"{subject} {own['error']}")
            if problem := self.wrong(own, player, inputs):
                return verdict(f"{subject} {problem}")
        return verdict(None)

    @staticmethod
    def moves(own, player, inputs):
        """The two updates as rows, or None; and the true gradient."""
        shapes = {"discriminator": D_SHAPES, "generator": G_SHAPES}[player]
        before = flat(inputs[f"{player[0]}_weights"], shapes)
        after = [flat(weights, shapes) for weights in own["after"]]
        if any(each is None for each in after):
            return None, None
        loss = {"discriminator": loss_of_both, "generator": loss_of_fakes}[player]
        slope = finite_differences(lambda w: loss(split(w, shapes), inputs), before)
        return np.array(after) - before, slope


def loss_of_both(d_weights, inputs):
    fake = judged(d_weights, made(inputs["g_weights"], inputs["noise"]))
    real = judged(d_weights, inputs["real"])
    return float(np.mean((real - 1) ** 2) + np.mean(fake**2))


def loss_of_fakes(g_weights, inputs):
    fake = judged(inputs["d_weights"], made(g_weights, inputs["noise"]))
    return float(np.mean((fake - 1) ** 2))


def cosine(a, b):
    lengths = np.linalg.norm(a) * np.linalg.norm(b)
    return float(a @ b / lengths) if lengths > 1e-12 else 0.0


class Direction(Steps):
    """Down the true slope, however far."""

    def wrong(self, own, player, inputs):
        moves, slope = self.moves(own, player, inputs)
        if moves is None:
            return (
                f"does not give a list of weights of the {player}'s shapes, finite "
                f"numbers: look at whose weights move."
            )
        if np.linalg.norm(moves[0]) < 1e-7:
            return "leaves the weights as they were: does a gradient reach them?"
        if cosine(moves[0], -slope) < 0.999:
            return f"does not go down the slope of its loss: {self.look_at}"


class DiscriminatorMoves(Direction):
    name = "step/discriminator"
    players = ("discriminator",)
    look_at = "look at what is real and what is fake, at the sign and the loss."


class GeneratorMoves(Direction):
    name = "step/generator"
    players = ("generator",)
    look_at = "its gradient comes through the discriminator. Look at the sign and z."


class Rate(Steps):
    """Twice the rate, twice as far; and as far as the slope says, if it is that."""

    name = "step/learning-rate"
    weight = 0.5
    players = ("discriminator", "generator")

    def wrong(self, own, player, inputs):
        moves, slope = self.moves(own, player, inputs)
        if moves is None:
            return None  # another check's idea
        right = np.allclose(moves[1], 2 * moves[0], atol=1e-4)
        if cosine(moves[0], -slope) > 0.999:
            length = np.linalg.norm(inputs["rates"][0] * slope)
            right = right and abs(np.linalg.norm(moves[0]) / length - 1) < 1e-2
        if not right:
            return "does not go as far as the rate times the gradient."


class Leaves(Steps):
    name = "step/leaves-what-came-in"
    weight = 0.5
    players = ("discriminator", "generator")

    def wrong(self, own, player, inputs):
        before = [*inputs["g_weights"], *inputs["d_weights"]]
        left = [array(each) for each in own["left"]]
        for given, now in zip(before, left, strict=True):
            if now is None or now.shape != given.shape or np.any(now != given):
                return (
                    "changes weights that came in, in place. Make new lists and "
                    "tensors, and move no other player."
                )


checks = [DiscriminatorMoves(), GeneratorMoves(), Rate(), Leaves()]
