"""Problem 2: the jump to step t, and back."""

import numpy as np

from autograder.checks import Check, Verdict, compare

from .common import array, schedule, told, verdict

STEPS = 6


class Forward(Check):
    """Four examples of four numbers: a factor along the wrong axis raises no error.

    All examples at one step, each of the steps in turn; and each at a step of its own.
    """

    question = "forward/points"

    def inputs(self, rng):
        _, alpha_bar = schedule(rng, STEPS)
        return {
            "x": rng.normal(size=(4, 4)),
            "noise": rng.normal(size=(4, 4)),
            "alpha_bar": alpha_bar,
            "t": rng.permutation(STEPS)[:4],
        }

    @staticmethod
    def run(student, x, noise, alpha_bar, t):
        from keras import ops

        def answers(function):
            each = [int(step) for step in ops.convert_to_numpy(t)]
            return {
                "own": function(x, t, noise, alpha_bar),
                "equal": [
                    function(x, ops.full((4,), step, dtype="int32"), noise, alpha_bar)
                    for step in each
                ],
            }

        found = {}
        for name in ("q_sample", "estimate_x_0"):
            try:
                found[name] = answers(getattr(student, name))
            except Exception as error:  # the other function may be right
                found[name] = f"{type(error).__name__}: {error}"[:200]
        return found


def both(result, wrong):
    """Half for each function about which `wrong(function, answers)` says nothing."""
    sentences = []
    for function, answers in result.items():
        if isinstance(answers, str):
            sentences.append(f"`{function}` raised {answers}")
        elif sentence := wrong(function, answers):
            sentences.append(sentence)
    return Verdict(1 - len(sentences) / 2, " ".join(sentences))


class Jump(Forward):
    name = "forward/q-sample"
    function = "q_sample"
    look_at = "with one step for all; look at the two square roots."

    @staticmethod
    def expected(x, noise, kept):
        return np.sqrt(kept) * x + np.sqrt(1 - kept) * noise

    def mark(self, result, inputs):
        answers = result[self.function]
        if isinstance(answers, str):
            return verdict(f"`{self.function}` raised {answers}")
        for own, step in zip(answers["equal"], inputs["t"], strict=True):
            kept = inputs["alpha_bar"][step]
            expected = self.expected(inputs["x"], inputs["noise"], kept)
            if difference := compare(own, expected):
                return verdict(told(f"`{self.function}`", difference, self.look_at))
        return verdict(None)


class Estimate(Jump):
    name = "forward/estimate"
    function = "estimate_x_0"
    look_at = "with one step for all; solve the equation of the jump for x_0."

    @staticmethod
    def expected(x, noise, kept):
        return (x - np.sqrt(1 - kept) * noise) / np.sqrt(kept)


class OwnSteps(Forward):
    """Each row as the student's own function has it when all are at its step."""

    name = "forward/own-step-of-each-example"

    def mark(self, result, inputs):
        return both(result, self.wrong)

    def wrong(self, function, answers):
        equal = [array(each) for each in answers["equal"]]
        if any(each is None or each.shape != (4, 4) for each in equal):
            return f"`{function}` does not give finite numbers in the shape of x."
        expected = np.stack([each[row] for row, each in enumerate(equal)])
        look_at = (
            "compared with all examples at one step. Row i belongs to t[i]: look at "
            "what is broadcast along which axis."
        )
        subject = f"`{function}`, each example at its own step,"
        return told(subject, compare(answers["own"], expected), look_at)


class AnyShape(Check):
    """All examples at one step: images and numbers as the student has points."""

    name = "forward/any-shape"

    def inputs(self, rng):
        _, alpha_bar = schedule(rng, STEPS)
        return {
            "x": rng.normal(size=(4, 2, 2, 4)),
            "noise": rng.normal(size=(4, 2, 2, 4)),
            "alpha_bar": alpha_bar,
            "t": np.full(4, rng.integers(STEPS)),
        }

    @staticmethod
    def run(student, x, noise, alpha_bar, t):
        def answer(function, x, noise):
            try:
                return function(x, t, noise, alpha_bar)
            except Exception:  # these shapes do not fit: no answer for them
                return None

        few, found = (slice(None), 0, 1), {}
        for name in ("q_sample", "estimate_x_0"):
            function = getattr(student, name)
            try:
                found[name] = {
                    "points": function(x[few], t, noise[few], alpha_bar),
                    "images": answer(function, x, noise),
                    "numbers": answer(function, x[few][:, 2], noise[few][:, 2]),
                }
            except Exception as error:  # the other function may be right
                found[name] = f"{type(error).__name__}: {error}"[:200]
        return found

    def mark(self, result, inputs):
        return both(result, self.wrong)

    def wrong(self, function, answers):
        points, images = array(answers["points"]), array(answers["images"])
        if points is None or points.shape != (4, 4):
            return f"`{function}` of points does not give finite numbers."
        right = images is not None and images.shape == (4, 2, 2, 4)
        if not right or compare(images[:, 0, 1], points):
            kind = "images (B, H, W, C)"
        elif compare(answers["numbers"], points[:, 2]):
            kind = "numbers (B)"
        else:
            return None
        return (
            f"`{function}` treats {kind} otherwise than points (B, D), or not at all: "
            f"give the factors as many axes of size 1 as the data need."
        )


checks = [Jump(), Estimate(), OwnSteps(), AnyShape()]
